namespace Retrodict.Solvers;

/// <summary>The negative gradient of half the mean square.</summary>
internal sealed class PublishedGradientDirection(Objective model) : Direction
{
    private readonly DenseJacobian _jacobian = new(model);

    public override bool Linearize(Iterate iterate) => _jacobian.Linearize(iterate);

    public override void Compute(Iterate iterate)
    {
        Array.Clear(iterate.Active);
        for (int i = 0; i < iterate.Direction.Length; i++)
        {
            iterate.Direction[i] = -iterate.Gradient[i] / model.Rows;
        }
    }
}

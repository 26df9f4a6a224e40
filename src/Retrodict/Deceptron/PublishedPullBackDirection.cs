using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The gradient for the published pull-back, whose directions are part of its search.</summary>
internal sealed class PublishedPullBackDirection(Objective model) : Direction
{
    public override bool Linearize(Iterate iterate)
    {
        iterate.ComputeGradient();
        double largest = Vectors.Largest(iterate.Gradient);
        iterate.Optimality = largest == 0 ? 0 : largest / model.Rows;
        return double.IsFinite(largest);
    }

    public override void Compute(Iterate iterate) => Array.Clear(iterate.Active);
}

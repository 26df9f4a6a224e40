namespace Retrodict.Solvers;

/// <summary>The limited-memory BFGS direction without bounds; the first step is Cauchy's.</summary>
internal sealed class LbfgsDirection(LeastSquares model, int memory) : FirstOrderDirection(model)
{
    private readonly TwoLoopRecursion _recursion = new(model.Unknowns, memory);
    private readonly double[] _x = new double[model.Unknowns];
    private readonly double[] _slope = new double[model.Unknowns];
    private readonly double[] _moved = new double[model.Unknowns];
    private readonly double[] _changed = new double[model.Unknowns];

    public override void Begin()
    {
        base.Begin();
        _recursion.Clear();
    }

    protected override bool Determine(Iterate iterate)
    {
        if (!Fresh)
        {
            Vectors.Subtract(iterate.X, _x, _moved);
            Vectors.Subtract(Slope, _slope, _changed);
            _recursion.Add(_moved, _changed);
        }

        iterate.X.CopyTo(_x, 0);
        Slope.CopyTo(_slope, 0);
        SteepestDescent(iterate);
        bool finite = true;
        if (_recursion.Count == 0)
        {
            finite = !double.IsNaN(ScaleToMinimizer(iterate));
        }
        else
        {
            _recursion.Apply(iterate.Direction);
        }

        iterate.PredictedDecrease = -0.5 * Vectors.Dot(iterate.Gradient, iterate.Direction);
        return finite;
    }
}

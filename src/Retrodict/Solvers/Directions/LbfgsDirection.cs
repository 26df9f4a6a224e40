using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The limited-memory BFGS direction without bounds; the first step is Cauchy's.</summary>
internal sealed class LbfgsDirection : FirstOrderDirection
{
    private readonly CurvaturePairs _pairs;
    private readonly TwoLoopRecursion _recursion;
    private readonly double[] _x;
    private readonly double[] _slope;
    private readonly double[] _moved;
    private readonly double[] _changed;

    public LbfgsDirection(Objective model, int memory)
        : base(model)
    {
        _pairs = new CurvaturePairs(model.Unknowns, memory);
        _recursion = new TwoLoopRecursion(_pairs);
        _x = new double[model.Unknowns];
        _slope = new double[model.Unknowns];
        _moved = new double[model.Unknowns];
        _changed = new double[model.Unknowns];
    }

    public override void Begin()
    {
        base.Begin();
        _pairs.Clear();
    }

    protected override bool Determine(Iterate iterate)
    {
        if (!Fresh)
        {
            Vectors.Subtract(iterate.X, _x, _moved);
            Vectors.Subtract(Slope, _slope, _changed);
            _pairs.Add(_moved, _changed);
        }

        iterate.X.CopyTo(_x, 0);
        Slope.CopyTo(_slope, 0);
        SteepestDescent(iterate);
        bool finite = true;
        if (_pairs.Count == 0)
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

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

    public LbfgsDirection(Objective objective, int memory)
        : base(objective)
    {
        _pairs = new CurvaturePairs(objective.Unknowns, memory);
        _recursion = new TwoLoopRecursion(_pairs);
        _x = new double[objective.Unknowns];
        _slope = new double[objective.Unknowns];
        _moved = new double[objective.Unknowns];
        _changed = new double[objective.Unknowns];
    }

    protected override bool Determine(Point point, ProposalDraft draft)
    {
        if (Fresh)
        {
            _pairs.Clear();
        }
        else
        {
            Scale.Difference(point.X, _x, _moved);
            Vectors.Subtract(Slope, _slope, _changed);
            _pairs.Add(_moved, _changed);
        }

        point.X.CopyTo(_x);
        Slope.CopyTo(_slope, 0);
        SteepestDescent(point, draft);
        bool finite = true;
        if (_pairs.Count == 0)
        {
            finite = !double.IsNaN(ScaleToMinimizer(point, draft));
        }
        else
        {
            _recursion.Apply(draft.Direction);
        }

        Scale.ToUnknowns(draft.Direction);
        draft.PredictedDecrease = -0.5 * Vectors.Dot(point.Gradient, draft.Direction);
        return finite;
    }
}

using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The direction of L-BFGS-B (Byrd, Lu, Nocedal, Zhu 1995): from x to the point that the quadratic model with the compact limited-memory
/// matrix is lowest at, found by a <see cref="GeneralizedCauchyPoint"/>, which decides on the bounds that hold, and a
/// <see cref="SubspaceMinimizer"/> for the other unknowns. It stays in the box. The first matrix is the curvature of the linearized
/// residuals along the gradient.
/// <para>
/// Where the model's minimizer without bounds lies in the box it is the one sought, and the two-loop recursion gives it for a fraction of
/// the work; the compact matrix is then only brought up to date when a bound comes into play.
/// </para>
/// </summary>
internal sealed class BoundedLbfgsDirection : FirstOrderDirection
{
    private readonly CurvaturePairs _pairs;
    private readonly TwoLoopRecursion _recursion;
    private readonly LimitedMemory _memory;
    private readonly GeneralizedCauchyPoint _cauchy;
    private readonly SubspaceMinimizer _subspace;
    private readonly double[] _x;
    private readonly double[] _z;
    private readonly double[] _slope;
    private readonly double[] _moved;
    private readonly double[] _changed;

    public BoundedLbfgsDirection(Objective objective, int memory)
        : base(objective)
    {
        int n = objective.Unknowns;
        _pairs = new CurvaturePairs(n, memory);
        _recursion = new TwoLoopRecursion(_pairs);
        _memory = new LimitedMemory(_pairs);
        _cauchy = new GeneralizedCauchyPoint(_memory, n);
        _subspace = new SubspaceMinimizer(_memory, n);
        _x = new double[n];
        _z = new double[n];
        _slope = new double[n];
        _moved = new double[n];
        _changed = new double[n];
    }

    /// <summary>Whether a problem has bounds at all.</summary>
    public static bool IsNeeded(Objective objective) =>
        Enumerable.Range(0, objective.Unknowns).Any(
            i => double.IsFinite(objective.Problem.Bounds.Lower(i)) || double.IsFinite(objective.Problem.Bounds.Upper(i)));

    protected override bool Determine(Point point, ProposalDraft draft)
    {
        bool finite = true;
        if (Fresh)
        {
            finite = Restart(point, draft);
        }
        else
        {
            Scale.Difference(point.X, _x, _moved);
            Vectors.Subtract(Slope, _slope, _changed);
            _pairs.Add(_moved, _changed);
        }

        point.X.CopyTo(_x);
        Slope.CopyTo(_slope, 0);
        if (_pairs.Count > 0 && TryInside(point, draft))
        {
            return true;
        }

        if (finite && (!_memory.Factor() || !Minimize(point, draft)))
        {
            // Rounding has made the matrix indefinite.
            finite = Restart(point, draft);
            _memory.Factor();
            Minimize(point, draft);
        }

        return finite;
    }

    private bool Restart(Point point, ProposalDraft draft)
    {
        _cauchy.SetBounds(Objective.Problem.Bounds, Scale.Units);
        _subspace.SetBounds(Objective.Problem.Bounds, Scale.Units);
        SteepestDescent(point, draft);
        double length = ScaleToMinimizer(point, draft);
        _memory.Clear(1 / length);
        return double.IsFinite(length);
    }

    /// <summary>The minimizer without bounds.</summary>
    /// <returns>Whether it lies in the box, and no unknown is held at a bound.</returns>
    private bool TryInside(Point point, ProposalDraft draft)
    {
        SteepestDescent(point, draft);
        if (draft.Active.Contains(true))
        {
            return false;
        }

        _recursion.Apply(draft.Direction);
        Scale.ToUnknowns(draft.Direction);
        Box bounds = Objective.Problem.Bounds;
        ReadOnlySpan<double> x = point.X;
        ReadOnlySpan<double> direction = draft.Direction;
        for (int i = 0; i < x.Length; i++)
        {
            double to = x[i] + direction[i];
            if (!(bounds.Lower(i) <= to && to <= bounds.Upper(i)))
            {
                return false;
            }
        }

        draft.PredictedDecrease = -0.5 * Vectors.Dot(point.Gradient, draft.Direction);
        return draft.PredictedDecrease > 0;
    }

    /// <returns>Whether the direction descends.</returns>
    private bool Minimize(Point point, ProposalDraft draft)
    {
        ReadOnlySpan<double> units = Scale.Units;
        for (int i = 0; i < _z.Length; i++)
        {
            _z[i] = point.X[i] / units[i];
        }

        _cauchy.Find(_z, Slope, draft.Direction);
        _subspace.Improve(_z, Slope, _cauchy.Curving, draft.Direction, draft.Active);
        Vectors.Subtract(draft.Direction, _z, draft.Direction);
        Scale.ToUnknowns(draft.Direction);

        // -g.p - p.B p / 2, which is at least this for a minimizer inside of a box.
        draft.PredictedDecrease = -0.5 * Vectors.Dot(point.Gradient, draft.Direction);
        return draft.PredictedDecrease > 0;
    }
}

using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The direction of L-BFGS-B (Byrd, Lu, Nocedal, Zhu 1995): from x to the point that the quadratic model with the compact limited-memory matrix is lowest at, found
/// by a <see cref="GeneralizedCauchyPoint"/>, which decides on the bounds that hold, and a <see cref="SubspaceMinimizer"/> for the other unknowns. It stays in
/// the box. The first matrix is the curvature of the linearized residuals along the gradient.
/// <para>
/// Where the model's minimizer without bounds lies in the box it is the one sought, and the two-loop recursion gives it for a fraction of the work; the compact
/// matrix is then only brought up to date when a bound comes into play.
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
    private readonly double[] _slope;
    private readonly double[] _moved;
    private readonly double[] _changed;

    public BoundedLbfgsDirection(Objective model, int memory)
        : base(model)
    {
        int n = model.Unknowns;
        _pairs = new CurvaturePairs(n, memory);
        _recursion = new TwoLoopRecursion(_pairs);
        _memory = new LimitedMemory(_pairs);
        _cauchy = new GeneralizedCauchyPoint(model.Problem.Bounds, _memory, n);
        _subspace = new SubspaceMinimizer(model.Problem.Bounds, _memory, n);
        _x = new double[n];
        _slope = new double[n];
        _moved = new double[n];
        _changed = new double[n];
    }

    /// <summary>Whether a problem has bounds at all.</summary>
    public static bool IsNeeded(Objective model) =>
        Enumerable.Range(0, model.Unknowns).Any(i => double.IsFinite(model.Problem.Bounds.Lower(i)) || double.IsFinite(model.Problem.Bounds.Upper(i)));

    protected override bool Determine(Iterate iterate)
    {
        bool finite = true;
        if (Fresh)
        {
            finite = Restart(iterate);
        }
        else
        {
            Vectors.Subtract(iterate.X, _x, _moved);
            Vectors.Subtract(Slope, _slope, _changed);
            _pairs.Add(_moved, _changed);
        }

        iterate.X.CopyTo(_x, 0);
        Slope.CopyTo(_slope, 0);
        if (_pairs.Count > 0 && TryInside(iterate))
        {
            return true;
        }

        if (finite && (!_memory.Factor() || !Minimize(iterate)))
        {
            // Rounding has made the matrix indefinite.
            finite = Restart(iterate);
            _memory.Factor();
            Minimize(iterate);
        }

        return finite;
    }

    private bool Restart(Iterate iterate)
    {
        SteepestDescent(iterate);
        double length = ScaleToMinimizer(iterate);
        _memory.Clear(1 / length);
        return double.IsFinite(length);
    }

    /// <summary>The minimizer without bounds.</summary>
    /// <returns>Whether it lies in the box, and no unknown is held at a bound.</returns>
    private bool TryInside(Iterate iterate)
    {
        SteepestDescent(iterate);
        if (iterate.Active.AsSpan().Contains(true))
        {
            return false;
        }

        _recursion.Apply(iterate.Direction);
        Box bounds = Model.Problem.Bounds;
        for (int i = 0; i < Slope.Length; i++)
        {
            double to = iterate.X[i] + iterate.Direction[i];
            if (!(bounds.Lower(i) <= to && to <= bounds.Upper(i)))
            {
                return false;
            }
        }

        iterate.PredictedDecrease = -0.5 * Vectors.Dot(iterate.Gradient, iterate.Direction);
        return iterate.PredictedDecrease > 0;
    }

    /// <returns>Whether the direction descends.</returns>
    private bool Minimize(Iterate iterate)
    {
        _cauchy.Find(iterate.X, Slope, iterate.Direction);
        _subspace.Improve(iterate.X, Slope, _cauchy.Curving, iterate.Direction, iterate.Active);
        Vectors.Subtract(iterate.Direction, iterate.X, iterate.Direction);

        // -g.p - p.B p / 2, which is at least this for a minimizer inside of a box.
        iterate.PredictedDecrease = -0.5 * Vectors.Dot(iterate.Gradient, iterate.Direction);
        return iterate.PredictedDecrease > 0;
    }
}

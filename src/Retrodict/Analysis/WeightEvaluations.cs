using Retrodict.Numerics;

namespace Retrodict.Analysis;

/// <summary>Evaluates weights, remembers them, and stops at a cancellation.</summary>
internal abstract class WeightEvaluations(CancellationToken cancellation)
{
    private readonly SortedDictionary<double, PriorWeightPoint> _points = [];

    public IReadOnlyList<PriorWeightPoint> Points => [.. _points.Values];

    public bool IsCancelled { get; private set; }

    /// <summary>The point of a weight; all NaN after a cancellation.</summary>
    public PriorWeightPoint At(double weight)
    {
        if (_points.TryGetValue(weight, out PriorWeightPoint point))
        {
            return point;
        }

        IsCancelled |= cancellation.IsCancellationRequested;
        if (IsCancelled)
        {
            return PriorWeightPoint.Unknown(weight);
        }

        return _points[weight] = Evaluate(weight);
    }

    /// <summary>The evaluated weight that is this one, for all that rounding tells.</summary>
    public double Nearest(double weight) => Points.MinBy(point => Math.Abs(Math.Log(point.Weight / weight))).Weight;

    /// <summary>How far the solutions at two weights that were evaluated are apart: ‖L^-1 (x1 - x2)‖.</summary>
    public abstract double Distance(double weight, double other);

    protected abstract PriorWeightPoint Evaluate(double weight);
}

/// <summary>A linear problem's curve.</summary>
internal sealed class LinearEvaluations(TikhonovCurve curve, CancellationToken cancellation) : WeightEvaluations(cancellation)
{
    public override double Distance(double weight, double other) => curve.Distance(weight, other);

    protected override PriorWeightPoint Evaluate(double weight) => curve.At(weight);
}

/// <summary>A solve for every weight, from the solution of the nearest weight before. The trace and the curvature are those of the problem
/// made linear at the solution (E. Haber and D. Oldenburg, "A GCV based method for nonlinear ill-posed problems", Computational Geosciences
/// 4, 2000).</summary>
internal sealed class SolvedEvaluations(
    Solver solver, InverseProblem problem, double[] observation, double[] start, CancellationToken cancellation)
    : WeightEvaluations(cancellation)
{
    private readonly SortedDictionary<double, SolveResult> _solutions = [];
    private readonly Dictionary<double, double[]> _priors = [];
    private readonly CancellationToken _cancellation = cancellation;

    /// <summary>The solution at a weight that was evaluated.</summary>
    public SolveResult Solution(double weight) => _solutions[weight];

    public override double Distance(double weight, double other)
    {
        double[] difference = [.. _priors[weight].Zip(_priors[other], (a, b) => a - b)];
        return Math.Sqrt(Matrix.Dot(difference, difference));
    }

    protected override PriorWeightPoint Evaluate(double weight)
    {
        Session session = solver.Prepare(problem with { Prior = problem.Prior!.Weighted(weight * weight) });
        double[] nearest = _solutions.Count == 0
            ? start
            : [.. _solutions.MinBy(solution => Math.Abs(Math.Log(solution.Key / weight))).Value.X];
        SolveResult solution = session.Solve(observation, nearest, null, _cancellation);
        _solutions[weight] = solution;
        FitAnalysis fit = session.Analyze(observation, [.. solution.X]);
        int m = fit.MisfitRows;
        double[] prior = [.. fit.Residual[m..].ToArray().Select(r => r / weight)];
        _priors[weight] = prior;
        GeneralizedDecomposition parts = fit.Decompose();
        if (!parts.IsFinite)
        {
            return PriorWeightPoint.Unknown(weight);
        }

        PriorWeightPoint local = new TikhonovCurve(parts, fit.PriorJacobian(), fit.Residual[..m], fit.Residual[m..])
            .At(1, Matrix.Dot(fit.Residual[..m], fit.Residual[..m]));
        return local with
        {
            Weight = weight,
            PriorNorm = Math.Sqrt(Matrix.Dot(prior, prior)),
            PropagatedNoise = local.PropagatedNoise / weight,
        };
    }
}

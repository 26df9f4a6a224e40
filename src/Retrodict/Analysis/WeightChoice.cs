namespace Retrodict.Analysis;

/// <summary>One search for the weight of a prior.</summary>
internal sealed class WeightChoice
{
    /// <summary>The factor by which a range that does not reach the discrepancy is widened, and how often.</summary>
    private const double Widening = 10;
    private const int MaxWidenings = 8;
    private const double DiscrepancyTolerance = 1e-8;

    /// <summary>By how much the discrepancy of a solve may differ from what the linear model says: relative, and as rounding of an exact
    /// fit.</summary>
    private const double AgreementTolerance = 1e-6;
    private const double AgreementFloor = 1e-12;

    /// <summary>Generalized singular values below this part of the largest do not extend the range.</summary>
    private const double SmallestPart = 1e-6;

    private readonly PriorWeightSearch _options;
    private readonly Solver _solver;
    private readonly InverseProblem _problem;
    private readonly double[] _observation;
    private readonly CancellationToken _cancellation;
    private readonly SolveResult _unweighted;
    private readonly FitAnalysis _fit;
    private readonly GeneralizedDecomposition _parts;
    private readonly Session _session;

    public WeightChoice(
        PriorWeightSearch options,
        Solver solver,
        InverseProblem problem,
        ReadOnlySpan<double> observation,
        ReadOnlySpan<double> start,
        CancellationToken cancellation)
    {
        (_options, _solver, _problem, _cancellation) = (options, solver, problem, cancellation);
        _observation = observation.ToArray();
        _session = solver.Prepare(problem);
        _unweighted = _session.Solve(observation, start, null, cancellation);
        _fit = _session.Analyze(observation, [.. _unweighted.X]);
        _parts = _fit.Decompose();
    }

    public PriorWeightResult Make()
    {
        if (AffineCheck.Holds(_session, _observation, _fit, _parts, _unweighted))
        {
            var linear = new LinearEvaluations(Curve(), _cancellation);
            Choice choice = Choose(linear);
            PriorWeightResult result = Result(choice, linear.Points, isLinear: true);
            double discrepancy = result.Solution.Summary.Discrepancy;
            bool comparable = choice.Status is not (PriorWeightStatus.NotFound or PriorWeightStatus.Cancelled);
            double expected = comparable ? linear.At(choice.Weight).Discrepancy : discrepancy;

            // What the solve finds has the last word on whether the model was linear all the way.
            if (Math.Abs(discrepancy - expected) <= AgreementTolerance * expected + AgreementFloor
                || result.Solution.Status == SolveStatus.Cancelled)
            {
                return result;
            }
        }

        var solved = new SolvedEvaluations(_solver, _problem, _observation, [.. _unweighted.X], _cancellation);
        return Result(Choose(solved), solved.Points, isLinear: false, solved);
    }

    private TikhonovCurve Curve() => new(_parts, _fit.PriorJacobian(), _fit.Residual[.._fit.MisfitRows], _fit.Residual[_fit.MisfitRows..]);

    private PriorWeightResult Result(
        Choice choice, IReadOnlyList<PriorWeightPoint> curve, bool isLinear, SolvedEvaluations? solved = null)
    {
        double weight = choice.Weight;
        InverseProblem weighted = weight == 1 ? _problem : _problem with { Prior = _problem.Prior!.Weighted(weight * weight) };
        bool known = solved is not null && curve.Any(point => point.Weight == weight);
        return new PriorWeightResult
        {
            Status = choice.Status,
            Doubt = choice.Doubt,
            Target = choice.Target,
            Weight = weight,
            Problem = weighted,
            Solution = known ? solved!.Solution(weight)
                : weight == 1 ? _unweighted
                : _solver.Prepare(weighted).Solve(_observation, [.. _unweighted.X], null, _cancellation),
            Curve = curve,
            IsLinear = isLinear,
        };
    }

    private Choice Choose(WeightEvaluations evaluations)
    {
        (double lower, double upper) = Range();
        double[] weights =
            [.. Enumerable.Range(0,
                _options.Points).Select(i => Math.Exp(Math.Log(upper) + (i * Math.Log(lower / upper) / (_options.Points - 1))))];
        foreach (double weight in weights)
        {
            evaluations.At(weight);
        }

        var reference = CrossValidated.Of(evaluations, weights, _fit.MisfitRows);
        double? target = _options.Rule == PriorWeightRule.Discrepancy ? _options.Target ?? Target(reference) : null;
        double chosen = target is { } asked
            ? ByDiscrepancy(evaluations, weights, asked, out PriorWeightStatus status)
            : WeightMinimum.Of(weight => Measure(evaluations.At(weight)), weights, Tie, _options.Tolerance, out status);
        if (evaluations.IsCancelled)
        {
            return new Choice(chosen, PriorWeightStatus.Cancelled, PriorWeightDoubt.None, target);
        }

        PriorWeightDoubt doubt = status == PriorWeightStatus.Found
            ? new WeightDoubts(_options, evaluations, reference, _fit.MisfitRows).Of(chosen)
            : PriorWeightDoubt.None;
        return new Choice(chosen, doubt == PriorWeightDoubt.None ? status : PriorWeightStatus.Doubtful, doubt, target);
    }

    private double? Tie =>
        _options.Rule == PriorWeightRule.GeneralizedCrossValidation && _options.Robust ? CrossValidated.Tie : null;

    private double Measure(PriorWeightPoint point) =>
        _options.Rule == PriorWeightRule.LCurve ? -point.Curvature
        : _options.Robust ? point.RobustCrossValidation
        : point.CrossValidation;

    /// <summary>The size of the noise of this measurement, as far as the stated size lets it be.</summary>
    private double Target(CrossValidated reference)
    {
        double most = 1 + (WeightDoubts.Deviations / Math.Sqrt(2 * _fit.MisfitRows));
        return reference.IsFound ? Math.Clamp(reference.Noise, 1, most) : most;
    }

    private double ByDiscrepancy(WeightEvaluations evaluations, double[] descending, double target, out PriorWeightStatus status)
    {
        double Excess(double weight) => Math.Max(-700, Math.Log(evaluations.At(weight).Discrepancy / target));
        var weights = new LinkedList<double>(descending.Where(weight => double.IsFinite(Excess(weight))));
        if (weights.Count == 0)
        {
            status = PriorWeightStatus.NotFound;
            return 1;
        }

        for (int i = 0; i < MaxWidenings && _options.Upper is null && Excess(weights.First!.Value) <= 0; i++)
        {
            weights.AddFirst(weights.First.Value * Widening);
        }

        for (int i = 0; i < MaxWidenings && _options.Lower is null && Excess(weights.Last!.Value) > 0; i++)
        {
            weights.AddLast(weights.Last.Value / Widening);
        }

        if (Excess(weights.First!.Value) <= 0)
        {
            status = PriorWeightStatus.AtUpperEnd;
            return weights.First.Value;
        }

        LinkedListNode<double>? below = weights.First;
        while (below is not null && !(Excess(below.Value) <= 0))
        {
            below = below.Next;
        }

        if (below is null)
        {
            status = PriorWeightStatus.AtLowerEnd;
            return weights.Where(weight => double.IsFinite(Excess(weight))).Min();
        }

        status = PriorWeightStatus.Found;
        double above = below.Previous!.Value;
        return evaluations.Nearest(Math.Exp(ScalarSearch.Root(
            t => Excess(Math.Exp(t)), Math.Log(above), Excess(above), Math.Log(below.Value), Excess(below.Value), DiscrepancyTolerance)));
    }

    /// <summary>Between the generalized singular values, with a factor of ten on both sides.</summary>
    private (double Lower, double Upper) Range()
    {
        double[] ratios =
            [.. Enumerable.Range(0, _parts.Count).Where(i => _parts.S[i] > 0 && _parts.C[i] > 0).Select(i => _parts.C[i] / _parts.S[i])];
        double largest = ratios.Length == 0 ? 1 : ratios.Max();
        double smallest = ratios.Length == 0 ? 1 : ratios.Where(ratio => ratio >= SmallestPart * largest).Min();
        double upper = _options.Upper ?? Math.Max(10 * largest, 10 * (_options.Lower ?? 0));
        double lower = _options.Lower ?? Math.Min(0.1 * smallest, 0.1 * upper);
        return lower < upper
            ? (lower, upper)
            : throw new ArgumentException($"The smallest weight to try, {lower}, is not below the largest, {upper}.");
    }

    private readonly record struct Choice(double Weight, PriorWeightStatus Status, PriorWeightDoubt Doubt, double? Target);
}

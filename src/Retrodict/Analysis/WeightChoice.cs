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
            (double weight, PriorWeightStatus status) = Choose(linear);
            PriorWeightResult result = Result(weight, status, linear.Points, isLinear: true);
            double discrepancy = result.Solution.Summary.Discrepancy;
            bool comparable = status is not (PriorWeightStatus.NotFound or PriorWeightStatus.Cancelled);
            double expected = comparable ? linear.At(weight).Discrepancy : discrepancy;

            // What the solve finds has the last word on whether the model was linear all the way.
            if (Math.Abs(discrepancy - expected) <= AgreementTolerance * expected + AgreementFloor
                || result.Solution.Status == SolveStatus.Cancelled)
            {
                return result;
            }
        }

        var solved = new SolvedEvaluations(_solver, _problem, _observation, [.. _unweighted.X], _cancellation);
        (double chosen, PriorWeightStatus outcome) = Choose(solved);
        return Result(chosen, outcome, solved.Points, isLinear: false, solved);
    }

    private TikhonovCurve Curve() => new(_parts, _fit.PriorJacobian(), _fit.Residual[.._fit.MisfitRows], _fit.Residual[_fit.MisfitRows..]);

    private PriorWeightResult Result(
        double weight, PriorWeightStatus status, IReadOnlyList<PriorWeightPoint> curve, bool isLinear, SolvedEvaluations? solved = null)
    {
        InverseProblem weighted = weight == 1 ? _problem : _problem with { Prior = _problem.Prior!.Weighted(weight * weight) };
        bool known = solved is not null && curve.Any(point => point.Weight == weight);
        return new PriorWeightResult
        {
            Status = status,
            Weight = weight,
            Problem = weighted,
            Solution = known ? solved!.Solution(weight)
                : weight == 1 ? _unweighted
                : _solver.Prepare(weighted).Solve(_observation, [.. _unweighted.X], null, _cancellation),
            Curve = curve,
            IsLinear = isLinear,
        };
    }

    private (double Weight, PriorWeightStatus Status) Choose(WeightEvaluations evaluations)
    {
        (double lower, double upper) = Range();
        double[] weights =
            [.. Enumerable.Range(0,
                _options.Points).Select(i => Math.Exp(Math.Log(upper) + (i * Math.Log(lower / upper) / (_options.Points - 1))))];
        foreach (double weight in weights)
        {
            evaluations.At(weight);
        }

        (double Weight, PriorWeightStatus Status) choice = _options.Rule == PriorWeightRule.Discrepancy
            ? ByDiscrepancy(evaluations, weights)
            : ByExtremum(evaluations, weights);
        return (choice.Weight, evaluations.IsCancelled ? PriorWeightStatus.Cancelled : choice.Status);
    }

    private (double Weight, PriorWeightStatus Status) ByDiscrepancy(WeightEvaluations evaluations, double[] descending)
    {
        var weights = new LinkedList<double>(descending.Where(weight => double.IsFinite(Excess(evaluations, weight))));
        if (weights.Count == 0)
        {
            return (1, PriorWeightStatus.NotFound);
        }

        for (int i = 0; i < MaxWidenings && _options.Upper is null && Excess(evaluations, weights.First!.Value) <= 0; i++)
        {
            weights.AddFirst(weights.First.Value * Widening);
        }

        for (int i = 0; i < MaxWidenings && _options.Lower is null && Excess(evaluations, weights.Last!.Value) > 0; i++)
        {
            weights.AddLast(weights.Last.Value / Widening);
        }

        if (Excess(evaluations, weights.First!.Value) <= 0)
        {
            return (weights.First.Value, PriorWeightStatus.AtUpperEnd);
        }

        LinkedListNode<double>? below = weights.First;
        while (below is not null && !(Excess(evaluations, below.Value) <= 0))
        {
            below = below.Next;
        }

        if (below is null)
        {
            return (weights.Where(weight => double.IsFinite(Excess(evaluations, weight))).Min(), PriorWeightStatus.AtLowerEnd);
        }

        double above = below.Previous!.Value;
        double root = ScalarSearch.Root(
            t => Excess(evaluations, Math.Exp(t)),
            Math.Log(above),
            Excess(evaluations, above),
            Math.Log(below.Value),
            Excess(evaluations, below.Value),
            DiscrepancyTolerance);
        return (Nearest(evaluations, Math.Exp(root)), PriorWeightStatus.Found);
    }

    /// <summary>How far the discrepancy is above what is asked for, as a logarithm; an exact fit is far below.</summary>
    private double Excess(WeightEvaluations evaluations, double weight) =>
        Math.Max(-700, Math.Log(evaluations.At(weight).Discrepancy / _options.Target));

    private (double Weight, PriorWeightStatus Status) ByExtremum(WeightEvaluations evaluations, double[] descending)
    {
        double Measure(double weight) =>
            _options.Rule == PriorWeightRule.LCurve ? -evaluations.At(weight).Curvature : evaluations.At(weight).CrossValidation;
        int[] finite = [.. Enumerable.Range(0, descending.Length).Where(i => double.IsFinite(Measure(descending[i])))];
        if (finite.Length == 0)
        {
            return (1, PriorWeightStatus.NotFound);
        }

        int best = finite.MinBy(i => Measure(descending[i]));
        if (best == finite[0] || best == finite[^1])
        {
            return (descending[best], best == finite[0] ? PriorWeightStatus.AtUpperEnd : PriorWeightStatus.AtLowerEnd);
        }

        double refined = ScalarSearch.Minimum(
            t => Measure(Math.Exp(t)), Math.Log(descending[best + 1]), Math.Log(descending[best - 1]), _options.Tolerance);
        double weight = Nearest(evaluations, Math.Exp(refined));
        return (Measure(weight) <= Measure(descending[best]) ? weight : descending[best], PriorWeightStatus.Found);
    }

    /// <summary>The evaluated weight that is this one.</summary>
    private static double Nearest(WeightEvaluations evaluations, double weight) =>
        evaluations.Points.MinBy(point => Math.Abs(Math.Log(point.Weight / weight))).Weight;

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
}

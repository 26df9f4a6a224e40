namespace Retrodict.Solvers;

/// <summary>
/// The one loop that every method shares: linearise, ask the stopping rule, ask the direction, let the globaliser move, ask again. The point only ever
/// moves to a lower objective, so the current point is the best one.
/// </summary>
internal sealed class DescentLoop(LeastSquares model, SolverParts parts, StoppingRule stopping)
{
    private readonly Iterate _iterate = new(model);
    private readonly double[] _before = new double[model.Unknowns];
    private List<IterationRecord>? _history;
    private IProgress<IterationRecord>? _progress;
    private double _observationLength;

    public SolveSummary Solve(
        ReadOnlySpan<double> observation,
        ReadOnlySpan<double> start,
        Span<double> solution,
        List<IterationRecord>? history,
        IProgress<IterationRecord>? progress,
        CancellationToken cancellation)
    {
        Iterate it = _iterate;
        (_history, _progress) = (history, progress);
        it.Run.Begin(observation);
        _observationLength = model.WeightedLength(observation);
        start.CopyTo(it.X);
        bool projected = model.Problem.Bounds.Project(it.X);
        it.Cost = it.Run.Evaluate(it.X, it.Residual);
        int iterations = 0;
        Report(new IterationRecord(0, it.Cost, 0, double.NaN, 0, 0, model.Unknowns));
        (SolveStatus status, StoppingCriterion criterion) = !double.IsFinite(it.Cost)
            ? (SolveStatus.NonFinite, StoppingCriterion.NonFiniteStart)
            : AtPoint();
        while (criterion == StoppingCriterion.None)
        {
            (status, criterion) = Step(ref iterations, cancellation);
        }

        (_history, _progress) = (null, null);
        it.X.CopyTo(solution);
        return new SolveSummary(
            status, criterion, iterations, it.Cost, model.NormalizedResidual(it.Residual), model.Discrepancy(it.Residual), projected, it.Run.Counts);
    }

    private (SolveStatus, StoppingCriterion) Step(ref int iterations, CancellationToken cancellation)
    {
        Iterate it = _iterate;
        if (cancellation.IsCancellationRequested)
        {
            return (SolveStatus.Cancelled, StoppingCriterion.Cancelled);
        }

        if (!parts.Direction.Linearize(it))
        {
            return (SolveStatus.NonFinite, StoppingCriterion.NonFiniteDerivative);
        }

        if (it.Optimality <= stopping.GradientTolerance || it.Optimality == 0)
        {
            return (SolveStatus.Converged, StoppingCriterion.Gradient);
        }

        // Only now, so that the limit never hides convergence.
        if (iterations >= stopping.MaxIterations)
        {
            return (SolveStatus.MaxIterations, StoppingCriterion.Iterations);
        }

        parts.Direction.Compute(it);
        it.X.CopyTo(_before, 0);
        double costBefore = it.Cost;
        SearchOutcome outcome = parts.Globaliser.Search(it, cancellation);
        if (outcome != SearchOutcome.Accepted)
        {
            return cancellation.IsCancellationRequested ? (SolveStatus.Cancelled, StoppingCriterion.Cancelled)
                : outcome == SearchOutcome.NonFinite ? (SolveStatus.NonFinite, StoppingCriterion.NonFiniteTrial)
                : it.PredictedDecrease <= OrRounding(stopping.CostTolerance) * costBefore || IsExact(costBefore) ? (SolveStatus.Converged, StoppingCriterion.Cost)
                : IsShort(FullStep(), OrRounding(stopping.StepTolerance)) ? (SolveStatus.Converged, StoppingCriterion.Step)
                : (SolveStatus.Stalled, StoppingCriterion.LineSearch);
        }

        iterations++;
        (double Step, double Length) step = StepTo(it.X);
        double change = costBefore - it.Cost;
        Report(new IterationRecord(iterations, it.Cost, change, it.Optimality, step.Step, it.StepFactor, it.Active.AsSpan().Count(false)));
        (SolveStatus status, StoppingCriterion criterion) = AtPoint();
        return criterion != StoppingCriterion.None ? (status, criterion)
            : IsShort(step, stopping.StepTolerance * it.StepFactor) ? (SolveStatus.Converged, StoppingCriterion.Step)
            : Math.Max(change, it.PredictedDecrease) <= stopping.CostTolerance * costBefore ? (SolveStatus.Converged, StoppingCriterion.Cost)
            : (SolveStatus.Failed, StoppingCriterion.None);
    }

    private void Report(IterationRecord record)
    {
        _history?.Add(record);
        _progress?.Report(record);
    }

    /// <summary>The criteria that depend on the point alone.</summary>
    private (SolveStatus, StoppingCriterion) AtPoint() =>
        model.NormalizedResidual(_iterate.Residual) <= stopping.ResidualTolerance ? (SolveStatus.Converged, StoppingCriterion.Residual)
        : model.Discrepancy(_iterate.Residual) <= stopping.DiscrepancyTolerance ? (SolveStatus.Converged, StoppingCriterion.Discrepancy)
        : (SolveStatus.Failed, StoppingCriterion.None);

    /// <summary>Where no lower point was found, tolerances finer than rounding cannot be met.</summary>
    private double? OrRounding(double? tolerance) => tolerance is { } t ? Math.Max(t, model.Rounding) : null;

    /// <summary>Whether the residuals are rounding beside the measurement itself, as with exact data at the solution.</summary>
    private bool IsExact(double cost) => stopping.CostTolerance is not null && Math.Sqrt(2 * cost) <= model.Rounding * _observationLength;

    private static bool IsShort((double Step, double Length) step, double? tolerance) => step.Step <= tolerance * step.Length;

    /// <summary>The step that the direction asked for.</summary>
    private (double Step, double Length) FullStep()
    {
        Iterate it = _iterate;
        for (int i = 0; i < _before.Length; i++)
        {
            it.Trial[i] = it.X[i] + it.Direction[i];
        }

        model.Problem.Bounds.Project(it.Trial);
        return StepTo(it.Trial);
    }

    private (double Step, double Length) StepTo(ReadOnlySpan<double> x)
    {
        double step = 0;
        double length = 0;
        for (int i = 0; i < _before.Length; i++)
        {
            double difference = x[i] - _before[i];
            step += difference * difference;
            length += x[i] * x[i];
        }

        return (Math.Sqrt(step), Math.Sqrt(length));
    }
}

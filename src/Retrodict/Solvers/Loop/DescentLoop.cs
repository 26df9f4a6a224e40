namespace Retrodict.Solvers;

/// <summary>
/// The one loop that every method shares: linearize, ask the stopping rule, ask the direction, let the globalizer move, ask again. Where a nonmonotone
/// search went up, the best point is returned to at the end.
/// </summary>
internal sealed class DescentLoop
{
    private readonly Objective _model;
    private readonly SolverParts _parts;
    private readonly StoppingRule _stopping;
    private readonly SolveLimits _limits;
    private readonly Iterate _iterate;
    private readonly double[] _before;
    private readonly double[] _start;
    private List<IterationRecord>? _history;
    private IProgress<IterationRecord>? _progress;
    private double _observationLength;
    private int _stalled;

    public DescentLoop(Objective model, SolverParts parts, StoppingRule stopping)
    {
        (_model, _parts, _stopping) = (model, parts, stopping);
        _limits = new SolveLimits(stopping);
        _iterate = new Iterate(model, _limits);
        _before = new double[model.Unknowns];
        _start = new double[model.Unknowns];
    }

    public SolveSummary Solve(
        ReadOnlySpan<double> observation,
        ReadOnlySpan<double> start,
        Span<double> solution,
        List<IterationRecord>? history,
        IProgress<IterationRecord>? progress,
        CancellationToken cancellation)
    {
        Iterate it = _iterate;
        (_history, _progress, _stalled) = (history, progress, 0);
        _observationLength = _model.WeightedLength(observation);
        _limits.Begin(cancellation);
        _parts.Direction.Begin();
        _parts.Globalizer.Begin();
        start.CopyTo(_before);
        bool projected = _model.Problem.Bounds.Project(_before);
        _parts.Start.Begin(it, observation, _before);
        it.X.CopyTo(_start, 0);
        Report(new IterationRecord(0, it.Cost, 0, double.NaN, 0, 0, _model.Unknowns, double.NaN, double.NaN));
        (SolveStatus status, StoppingCriterion criterion) = !double.IsFinite(it.Cost)
            ? (SolveStatus.NonFinite, StoppingCriterion.NonFiniteStart)
            : AtPoint();
        Descend(ref status, ref criterion);
        it.ReturnToBest();
        if (status is SolveStatus.Converged or SolveStatus.Stalled or SolveStatus.NonFinite
            && criterion is not (StoppingCriterion.Residual or StoppingCriterion.Discrepancy or StoppingCriterion.NonFiniteStart) && _parts.Start.TryOther(it))
        {
            (SolveStatus, StoppingCriterion) first = (status, criterion);
            _stalled = 0;
            (status, criterion) = AtPoint();
            Descend(ref status, ref criterion);
            (status, criterion) = it.ReturnToBest() ? first : (status, criterion);
        }

        (_history, _progress) = (null, null);
        it.X.CopyTo(solution);
        return new SolveSummary(
            status, criterion, it.Iterations, it.Cost, _model.NormalizedResidual(it.Residual), _model.Discrepancy(it.Residual), projected, it.Run.Counts, it.NonFinite, _parts.Learned?.Report);
    }

    private void Descend(ref SolveStatus status, ref StoppingCriterion criterion)
    {
        while (criterion == StoppingCriterion.None)
        {
            (status, criterion) = Step();
        }
    }

    private (SolveStatus, StoppingCriterion) Step()
    {
        Iterate it = _iterate;
        if (it.Limit == StoppingCriterion.Cancelled)
        {
            return Stopped();
        }

        it.BeginStep();
        if (!_parts.Direction.Linearize(it))
        {
            it.NoteNonFiniteDerivative();
            return (SolveStatus.NonFinite, StoppingCriterion.NonFiniteDerivative);
        }

        if (it.IsRestarted && AtPoint() is var met && met.Item2 != StoppingCriterion.None)
        {
            return met;
        }

        if (it.Optimality <= _stopping.GradientTolerance || it.Optimality == 0)
        {
            return (SolveStatus.Converged, StoppingCriterion.Gradient);
        }

        // Only now, so that the limit never hides convergence.
        if (it.Iterations >= _stopping.MaxIterations)
        {
            return (SolveStatus.MaxIterations, StoppingCriterion.Iterations);
        }

        _parts.Direction.Compute(it);
        if (it.DerivativeFailed)
        {
            return (SolveStatus.NonFinite, StoppingCriterion.NonFiniteDerivative);
        }

        it.X.CopyTo(_before, 0);
        double costBefore = it.Cost;
        (it.StepFactor, it.GainRatio, it.Radius) = (1, double.NaN, double.NaN);
        SearchOutcome outcome = _parts.Globalizer.Search(it);
        if (outcome != SearchOutcome.Accepted)
        {
            return outcome == SearchOutcome.Stopped ? Stopped()
                : outcome == SearchOutcome.Again ? (SolveStatus.Failed, StoppingCriterion.None)
                : it.DerivativeFailed ? (SolveStatus.NonFinite, StoppingCriterion.NonFiniteDerivative)
                : outcome == SearchOutcome.NonFinite ? (SolveStatus.NonFinite, StoppingCriterion.NonFiniteTrial)
                : (it.IsConclusive && it.PredictedDecrease <= CostTolerance(costBefore)) || IsExact(costBefore) ? (SolveStatus.Converged, StoppingCriterion.Cost)
                : it.IsConclusive && IsShort(FullStep(), OrRounding(_stopping.StepTolerance) * it.StepFactor) ? (SolveStatus.Converged, StoppingCriterion.Step)
                : (SolveStatus.Stalled, _parts.Globalizer.Exhausted);
        }

        it.Iterations++;
        (double Step, double Length) step = StepTo(it.X);
        double change = costBefore - it.Cost;
        Report(new IterationRecord(
            it.Iterations, it.Cost, change, it.Optimality, step.Step, it.StepFactor, it.Active.AsSpan().Count(false), it.GainRatio, it.Radius));
        (SolveStatus status, StoppingCriterion criterion) = AtPoint();
        return criterion != StoppingCriterion.None || it.DerivativeFailed ? (status, criterion)
            : it.IsConclusive && IsShort(step, _stopping.StepTolerance * it.StepFactor) ? (SolveStatus.Converged, StoppingCriterion.Step)
            : it.IsConclusive && Math.Max(Math.Abs(change), it.PredictedDecrease) <= _stopping.CostTolerance * costBefore ? (SolveStatus.Converged, StoppingCriterion.Cost)
            : IsExact(it.Cost) ? (SolveStatus.Converged, StoppingCriterion.Cost)
            : HasStalled(change, costBefore) ? (SolveStatus.Stalled, StoppingCriterion.Stall)
            : (SolveStatus.Failed, StoppingCriterion.None);
    }

    private (SolveStatus, StoppingCriterion) Stopped() =>
        _iterate.Limit is var limit && limit == StoppingCriterion.Cancelled ? (SolveStatus.Cancelled, limit) : (SolveStatus.Budget, limit);

    private bool HasStalled(double change, double costBefore)
    {
        _stalled = change <= _stopping.StallTolerance * costBefore ? _stalled + 1 : 0;
        return _stalled >= _stopping.StallPatience;
    }

    private void Report(IterationRecord record)
    {
        _history?.Add(record);
        _progress?.Report(record);
    }

    /// <summary>The criteria that depend on the point alone.</summary>
    private (SolveStatus, StoppingCriterion) AtPoint() =>
        _model.NormalizedResidual(_iterate.Residual) <= _stopping.ResidualTolerance ? (SolveStatus.Converged, StoppingCriterion.Residual)
        : _model.Discrepancy(_iterate.Residual) <= _stopping.DiscrepancyTolerance ? (SolveStatus.Converged, StoppingCriterion.Discrepancy)
        : (SolveStatus.Failed, StoppingCriterion.None);

    /// <summary>Where no lower point was found, tolerances finer than rounding cannot be met.</summary>
    private double? CostTolerance(double cost) => _stopping.CostTolerance is { } tolerance ? Math.Max(tolerance * cost, _iterate.CostRounding) : null;

    private double? OrRounding(double? tolerance) => tolerance is { } t ? Math.Max(t, _model.Rounding) : null;

    /// <summary>Whether the residuals are rounding beside the measurement itself, as with exact data at the solution.</summary>
    private bool IsExact(double cost) => _stopping.CostTolerance is not null && Math.Sqrt(2 * cost) <= _model.Rounding * _observationLength;

    private static bool IsShort((double Step, double Length) step, double? tolerance) => step.Step <= tolerance * step.Length;

    /// <summary>The step that the direction asked for, beside the length of x or of the way from the start: where the solution is zero, only that can tell.</summary>
    private (double Step, double Length) FullStep()
    {
        Iterate it = _iterate;
        for (int i = 0; i < _before.Length; i++)
        {
            it.Trial[i] = it.X[i] + it.Direction[i];
        }

        _model.Problem.Bounds.Project(it.Trial);
        double way = 0;
        for (int i = 0; i < _start.Length; i++)
        {
            double difference = it.X[i] - _start[i];
            way += difference * difference;
        }

        (double step, double length) = StepTo(it.Trial);
        return (step, Math.Max(length, Math.Sqrt(way)));
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

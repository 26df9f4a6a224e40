using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The one loop that every method shares: linearize, ask the criteria, ask the direction, let the globalizer search, move, ask again. Where
/// a nonmonotone search went up, the best point is returned to at the end.
/// </summary>
internal sealed class DescentLoop
{
    private readonly Objective _objective;
    private readonly SolverParts _parts;
    private readonly Confirmation _confirmation;
    private readonly Criteria _criteria;
    private readonly SolveLimits _limits;
    private readonly DescentState _state;
    private readonly Point _point;
    private readonly ProposalDraft _proposal;
    private readonly Trial _trial;
    private readonly double[] _start;
    private readonly ModelRuns _runs;
    private readonly SecondLook _secondLook;
    private readonly double? _costTolerance;
    private List<IterationRecord>? _history;
    private IProgress<IterationRecord>? _progress;
    private bool _hasMoved;

    public DescentLoop(Objective objective, SolverParts parts, StoppingRule stopping)
    {
        (_objective, _parts) = (objective, parts);
        _confirmation = new Confirmation(objective, parts.Direction, stopping);
        _criteria = new Criteria(stopping, objective, _confirmation);
        _limits = new SolveLimits(stopping);
        _state = new DescentState(objective, _limits);
        _start = new double[objective.Unknowns];
        (_point, _proposal, _trial) = (_state.Point, _state.Proposal, _state.Trial);
        (_secondLook, _costTolerance) = (new SecondLook(objective), stopping.CostTolerance);
        _runs = new ModelRuns(() => _trial.Limit, _point.CountDifference);
    }

    public SolveSummary Solve(
        ReadOnlySpan<double> observation,
        ReadOnlySpan<double> start,
        Span<double> solution,
        List<IterationRecord>? history,
        IProgress<IterationRecord>? progress,
        CancellationToken cancellation)
    {
        (_history, _progress) = (history, progress);
        ModelRuns? outer = ModelRuns.Begin(_runs);
        bool projected;
        SolveEnd end;
        try
        {
            projected = Begin(observation, start, cancellation);
            end = Descend();
            _point.ReturnToBest();
            if (IsOpen(end) && _parts.Start.TryOther(_point, _trial))
            {
                SolveEnd other = Descend();
                end = _point.ReturnToBest() ? end : other;
            }
        }
        finally
        {
            ModelRuns.End(outer);
        }

        (_history, _progress) = (null, null);
        if (end.Status == SolveStatus.Converged && _point is { Cost: 0, Iterations: 0 } && Vectors.Largest(_point.Residual) > 0)
        {
            // Squares that underflow from the start on tell nothing of the residuals.
            end = new SolveEnd(SolveStatus.Stalled, end.Criterion);
        }

        _point.X.CopyTo(solution);
        return new SolveSummary(
            end.Status,
            end.Criterion,
            _point.Iterations,
            _point.Cost,
            _objective.NormalizedResidual(_point.Residual),
            _objective.Discrepancy(_point.Residual),
            projected,
            _point.Counts,
            _point.NonFinite,
            _parts.Learned?.Report);
    }

    /// <summary>Whether another start may do better than a solve that ended so.</summary>
    private static bool IsOpen(SolveEnd end) => end.Status is SolveStatus.Converged or SolveStatus.Stalled or SolveStatus.NonFinite
        && end.Criterion is not (StoppingCriterion.Residual or StoppingCriterion.Discrepancy or StoppingCriterion.NonFiniteStart);

    /// <summary>Evaluates the start.</summary>
    /// <returns>Whether it lay outside of the box.</returns>
    private bool Begin(ReadOnlySpan<double> observation, ReadOnlySpan<double> start, CancellationToken cancellation)
    {
        _limits.Begin(cancellation);
        _trial.BeginSolve();
        _hasMoved = false;
        _parts.Direction.Begin();
        _parts.Globalizer.Begin();
        start.CopyTo(_start);
        bool projected = _objective.Problem.Bounds.Project(_start);
        _parts.Start.Begin(_point, _trial, observation, _start);
        _point.KeepStart();
        Report(new IterationRecord(0, _point.Cost, 0, double.NaN, 0, 0, _objective.Unknowns, double.NaN, double.NaN));
        return projected;
    }

    /// <summary>Steps until a criterion is met.</summary>
    private SolveEnd Descend()
    {
        _criteria.Begin();
        _confirmation.Begin();
        SolveEnd end = double.IsFinite(_point.Cost) ? _criteria.AtPoint(_state) : SolveEnd.NonFiniteStart;
        try
        {
            while (end.IsNone)
            {
                end = Step();
            }
        }
        catch (RunRefusedException refused)
        {
            // Amid a Jacobian of differences; the point is what it was before.
            end = SolveEnd.By(refused.Limit);
        }

        return end;
    }

    private SolveEnd Step()
    {
        if (_trial.Limit == StoppingCriterion.Cancelled)
        {
            return SolveEnd.By(StoppingCriterion.Cancelled);
        }

        SolveEnd end = Linearize();
        bool hasMoved = _hasMoved;
        _hasMoved = false;
        if (end == SolveEnd.NonFiniteDerivative && _trial.TryLeaveBounds(hasMoved))
        {
            _point.MoveTo(_trial);
            return SolveEnd.None;
        }

        if (!end.IsNone)
        {
            return end;
        }

        _parts.Globalizer.Prepare(_point);
        _parts.Direction.Compute(_point, _proposal);
        return _point.DerivativeFailed ? SolveEnd.NonFiniteDerivative : Search();
    }

    /// <summary>Gradient and optimality, and the criteria that look at them.</summary>
    private SolveEnd Linearize()
    {
        _point.BeginStep();
        _proposal.Begin();
        _confirmation.BeginStep();
        if (!_parts.Direction.Linearize(_point, _proposal))
        {
            _point.NoteNonFiniteDerivative();
            return SolveEnd.NonFiniteDerivative;
        }

        SolveEnd end = _point.IsRestarted ? _criteria.AtPoint(_state) : SolveEnd.None;
        end = end.IsNone ? _criteria.BeforeStep(_state) : end;

        // A gradient of zero where nothing has an effect is no solution.
        bool isFlat = end.Criterion == StoppingCriterion.Gradient && _proposal.Optimality == 0 && _point.Cost > 0
            && !_confirmation.HasEffect(_state);
        return isFlat ? new SolveEnd(SolveStatus.Stalled, StoppingCriterion.Gradient) : end;
    }

    /// <summary>Has the globalizer look for the next point, and goes there.</summary>
    private SolveEnd Search()
    {
        _trial.Begin(_proposal);
        SearchOutcome outcome = _parts.Globalizer.Search(_point, _proposal, _trial);
        bool isStopped = (outcome == SearchOutcome.Stopped || _trial.WasRefused) && !_trial.MayEvaluate;
        return outcome switch
        {
            SearchOutcome.Accepted => Move(),
            SearchOutcome.Again => SolveEnd.None,
            _ when isStopped => SolveEnd.By(_trial.Limit),
            _ when _point.DerivativeFailed => SolveEnd.NonFiniteDerivative,
            SearchOutcome.NonFinite => SolveEnd.NonFiniteTrial,
            _ => _criteria.WithoutStep(_state) is { IsNone: false } end
                ? end
                : _confirmation.IsRenewed
                ? SolveEnd.None
                : _costTolerance is { } tolerance && _secondLook.Holds(_point, tolerance)
                ? new SolveEnd(SolveStatus.Converged, StoppingCriterion.Cost)
                : new SolveEnd(SolveStatus.Stalled, _parts.Globalizer.Exhausted),
        };
    }

    /// <summary>Moves to the trial point that was accepted, and asks the criteria there.</summary>
    private SolveEnd Move()
    {
        if (!double.IsFinite(_trial.Cost))
        {
            throw new InvalidOperationException(
                $"{_parts.Globalizer.GetType().Name} accepted a trial that is not finite or that it has not evaluated.");
        }

        _state.Move();
        _hasMoved = true;
        Report(_state.Record());
        SolveEnd end = _criteria.AtPoint(_state);
        return end.IsNone && !_point.DerivativeFailed ? _criteria.AfterStep(_state) : end;
    }

    private void Report(IterationRecord record)
    {
        _history?.Add(record);
        _progress?.Report(record);
    }
}

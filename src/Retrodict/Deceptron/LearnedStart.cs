using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>Begins a solve at the learned estimate, projected into the box, or at the caller's start where the estimate is of no use. With
/// an anchor the measurement is lengthened by the point that the anchor lies around.</summary>
internal sealed class LearnedStart : StartingPoint
{
    private readonly Objective _objective;
    private readonly PullBack _pullBack;
    private readonly LearnedSteps _steps;
    private readonly bool _atEstimate;
    private readonly double[] _estimate;
    private readonly double[] _other;
    private readonly double[] _observed;
    private readonly bool _goesBack;
    private bool _hasOther;
    private bool _isStart;
    private bool _exactFromStart;
    private Trial? _trial;

    public LearnedStart(Objective objective, PullBack pullBack, LearnedSteps steps, bool atEstimate, bool goesBack)
    {
        (_objective, _pullBack, _steps, _atEstimate, _goesBack) = (objective, pullBack, steps, atEstimate, goesBack);
        (_estimate, _other, _observed) = (
            new double[objective.Unknowns], new double[objective.Unknowns], objective.Anchor is null ? [] : new double[objective.Observed]);
    }

    /// <summary>Whether the solve began at the estimate.</summary>
    public bool IsAtEstimate { get; private set; }

    /// <summary>Counts the starts of exact steps.</summary>
    public int Starts { get; private set; }

    public override void Begin(Point point, Trial trial, ReadOnlySpan<double> observation, ReadOnlySpan<double> start)
    {
        _trial = trial;
        _steps.Begin();
        _pullBack.Begin(observation);
        start.CopyTo(_other);
        (_hasOther, _isStart, _exactFromStart, IsAtEstimate, Starts) = (false, false, false, false, 1);
        bool usable = false;
        if (_atEstimate || _objective.Anchor is not null)
        {
            _pullBack.Estimate.CopyTo(_estimate);
            _objective.Problem.Bounds.Project(_estimate);
            usable = double.IsFinite(Vectors.Largest(_estimate));
            if (!usable)
            {
                _steps.End(SafeguardReason.NonFinite);
            }
        }

        if (usable && _atEstimate)
        {
            point.Begin(Lengthened(observation, _estimate), _estimate);
            IsAtEstimate = true;
            _hasOther = !start.SequenceEqual(_estimate);
            _isStart = !_hasOther;
            if (!double.IsFinite(point.Cost))
            {
                _steps.End(SafeguardReason.NonFinite);
                CompareStart(point);
            }
        }
        else
        {
            // An anchor needs a point to lie around; without an estimate the start is the best there is.
            point.Begin(Lengthened(observation, usable ? _estimate : start), start);
            _isStart = true;
        }

        point.CountReverseMap(_pullBack.Evaluations);
    }

    /// <summary>Goes to the caller's start, should it be lower than the current point.</summary>
    public void CompareStart(Point point)
    {
        Trial trial = _trial!;
        if (!_hasOther || !trial.MayEvaluate)
        {
            return;
        }

        _hasOther = false;
        trial.MoveTo(_other);
        double cost = trial.Evaluate();
        if (cost < point.Cost || (double.IsFinite(cost) && !double.IsFinite(point.Cost)))
        {
            point.RestartAt(trial);
            (IsAtEstimate, _isStart, _exactFromStart) = (false, true, true);
        }
    }

    public override bool TryOther(Point point, Trial trial)
    {
        if (!_goesBack || _exactFromStart || (_isStart && _steps.Count == 0) || !trial.MayEvaluate)
        {
            return false;
        }

        _exactFromStart = true;
        Starts++;
        trial.MoveTo(_other);
        double cost = trial.Evaluate();
        if (!double.IsFinite(cost))
        {
            return false;
        }

        if (!_steps.IsOver)
        {
            _steps.End(SafeguardReason.StepLimit);
        }

        point.MoveTo(trial);
        return true;
    }

    private ReadOnlySpan<double> Lengthened(ReadOnlySpan<double> observation, ReadOnlySpan<double> anchor)
    {
        if (_objective.Anchor is null)
        {
            return observation;
        }

        observation.CopyTo(_observed);
        anchor.CopyTo(_observed.AsSpan(observation.Length));
        return _observed;
    }
}

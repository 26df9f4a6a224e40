using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>Begins a solve at the learned estimate, projected into the box, or at the caller's start where the estimate is of no use. With an anchor the measurement is
/// lengthened by the point that the anchor lies around.</summary>
internal sealed class LearnedStart : StartingPoint
{
    private readonly Objective _model;
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

    public LearnedStart(Objective model, PullBack pullBack, LearnedSteps steps, bool atEstimate, bool goesBack)
    {
        (_model, _pullBack, _steps, _atEstimate, _goesBack) = (model, pullBack, steps, atEstimate, goesBack);
        (_estimate, _other, _observed) = (new double[model.Unknowns], new double[model.Unknowns], model.Anchor is null ? [] : new double[model.Observed]);
    }

    /// <summary>Whether the solve began at the estimate.</summary>
    public bool IsAtEstimate { get; private set; }

    /// <summary>Counts the starts of exact steps.</summary>
    public int Starts { get; private set; }

    public override void Begin(Iterate iterate, ReadOnlySpan<double> observation, ReadOnlySpan<double> start)
    {
        _steps.Begin();
        _pullBack.Begin(observation);
        start.CopyTo(_other);
        (_hasOther, _isStart, _exactFromStart, IsAtEstimate, Starts) = (false, false, false, false, 1);
        bool usable = false;
        if (_atEstimate || _model.Anchor is not null)
        {
            _pullBack.Estimate.CopyTo(_estimate);
            _model.Problem.Bounds.Project(_estimate);
            usable = double.IsFinite(Vectors.Largest(_estimate));
            if (!usable)
            {
                _steps.End(SafeguardReason.NonFinite);
            }
        }

        if (usable && _atEstimate)
        {
            iterate.Begin(Lengthened(observation, _estimate), _estimate);
            IsAtEstimate = true;
            _hasOther = !start.SequenceEqual(_estimate);
            _isStart = !_hasOther;
            if (!double.IsFinite(iterate.Cost))
            {
                _steps.End(SafeguardReason.NonFinite);
                CompareStart(iterate);
            }
        }
        else
        {
            // An anchor needs a point to lie around; without an estimate the start is the best there is.
            iterate.Begin(Lengthened(observation, usable ? _estimate : start), start);
            _isStart = true;
        }

        iterate.Run.Counts = iterate.Run.Counts with { ReverseMap = _pullBack.Evaluations };
    }

    /// <summary>Goes to the caller's start, should it be lower than the current point.</summary>
    public void CompareStart(Iterate iterate)
    {
        if (!_hasOther || iterate.Limit != StoppingCriterion.None)
        {
            return;
        }

        _hasOther = false;
        _other.CopyTo(iterate.Trial, 0);
        double cost = iterate.EvaluateTrial();
        if (cost < iterate.Cost || (double.IsFinite(cost) && !double.IsFinite(iterate.Cost)))
        {
            iterate.Accept(cost);
            (iterate.IsRestarted, IsAtEstimate) = (true, false);
            (_isStart, _exactFromStart) = (true, true);
        }
    }

    public override bool TryOther(Iterate iterate)
    {
        if (!_goesBack || _exactFromStart || (_isStart && _steps.Count == 0) || iterate.Limit != StoppingCriterion.None)
        {
            return false;
        }

        _exactFromStart = true;
        Starts++;
        _other.CopyTo(iterate.Trial, 0);
        double cost = iterate.EvaluateTrial();
        if (!double.IsFinite(cost))
        {
            return false;
        }

        if (!_steps.IsOver)
        {
            _steps.End(SafeguardReason.StepLimit);
        }

        iterate.Accept(cost);
        return true;
    }

    private ReadOnlySpan<double> Lengthened(ReadOnlySpan<double> observation, ReadOnlySpan<double> anchor)
    {
        if (_model.Anchor is null)
        {
            return observation;
        }

        observation.CopyTo(_observed);
        anchor.CopyTo(_observed.AsSpan(observation.Length));
        return _observed;
    }
}

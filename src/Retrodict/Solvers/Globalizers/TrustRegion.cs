using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Accepts a step if the objective falls by enough of what the direction's model predicts for it, and steers the radius (see
/// <see cref="TrustRegionOptions"/>). Trials are projected into the box, and the prediction is that of the projected step.
/// </summary>
public sealed class TrustRegion : Globalizer
{
    /// <summary>Every rejection at least halves the radius: beyond this many it is zero for all purposes.</summary>
    private const int MaxRejections = 100;

    /// <summary>The largest gain ratio of a step through zero that is no more than <see cref="LargestShare"/> of the full one.</summary>
    private const double LargestGain = 1.5;
    private const double LargestShare = 0.05;

    /// <summary>After so many trials in a row that were not finite, the radius is far too large.</summary>
    private const int Patience = 12;

    private readonly TrustRegionOptions _options;
    private readonly ITrustRegionDirection _direction;
    private readonly NonmonotoneReference _reference;
    private readonly double[] _step;
    private double _refined;
    private double _predicted;
    private double _length;
    private int _nonFinite;
    private bool _anyTrial;
    private bool _anyFinite;

    /// <param name="options">Its options.</param>
    /// <param name="objective">The problem, compiled.</param>
    /// <param name="direction">The direction whose radius it sets; the one that the loop asks.</param>
    public TrustRegion(TrustRegionOptions options, Objective objective, ITrustRegionDirection direction)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(direction);
        (_options, _direction, _reference) = (options, direction, new NonmonotoneReference(options.Memory));
        _step = new double[objective.Unknowns];
    }

    /// <inheritdoc/>
    public override StoppingCriterion Exhausted => StoppingCriterion.TrustRegion;

    internal override object Partner => _direction;

    /// <inheritdoc/>
    public override void Begin()
    {
        _reference.Forget();
        _refined = double.PositiveInfinity;
        _direction.Radius = double.NaN;
    }

    /// <summary>Sets the first radius.</summary>
    /// <param name="point">The current point.</param>
    public override void Prepare(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (double.IsNaN(_direction.Radius))
        {
            _direction.Radius = _options.InitialFactor * _direction.Length(point.X) is var radius and > 0
                ? radius
                : double.PositiveInfinity;
        }
    }

    /// <inheritdoc/>
    public override SearchOutcome Search(Point point, Proposal proposal, Trial trial)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(trial);
        _reference.Begin(point.Cost);
        (_anyTrial, _anyFinite, _nonFinite) = (false, false, 0);
        (double Decrease, double Factor) asked = (0, 1);
        for (int rejections = 0; rejections <= MaxRejections; rejections++)
        {
            if (!trial.MayEvaluate)
            {
                return SearchOutcome.Stopped;
            }

            if (rejections > 0)
            {
                proposal.Recompute(_direction, point);
            }

            Predict(point, proposal, trial);
            if (rejections == 0)
            {
                // Should nothing be accepted, this is the step that was asked for: later ones are short only because the radius is.
                asked = (trial.PredictedDecrease, trial.StepFactor);
            }

            double gain = Evaluate(trial);
            if (gain >= _options.MinGainRatio && _reference.Allows(point.Cost, trial.Cost) && !IsDoubtful(point, proposal, trial))
            {
                return Accept(point, proposal, trial, gain);
            }

            if (double.IsFinite(trial.Cost) && asked.Decrease <= point.CostRounding)
            {
                if (rejections == 0 && IsRefinement(point, proposal, trial))
                {
                    _refined = proposal.Optimality;
                    return SearchOutcome.Accepted;
                }

                break;
            }

            if (_length == 0)
            {
                break;
            }

            if (!trial.HasFailed || _nonFinite == 0 || _direction is not IConfinable confinable || !confinable.TryConfine(point, _step))
            {
                _direction.Radius = Shrink(gain) * Math.Min(_direction.Radius, _length);
            }
        }

        (trial.PredictedDecrease, trial.StepFactor) = asked;
        return _anyTrial && !_anyFinite ? SearchOutcome.NonFinite : SearchOutcome.Exhausted;
    }

    /// <summary>Makes the trial point, and predicts the decrease there.</summary>
    private void Predict(Point point, Proposal proposal, Trial trial)
    {
        trial.Step(proposal.Direction, 1);
        Vectors.Subtract(trial.X, point.X, _step);
        _predicted = _direction.ModelDecrease(point, _step);
        _length = _direction.Length(_step);

        // What the full step would gain: at least what any single unknown would, and about the short step's gain over its share.
        trial.StepFactor = proposal.FullShare;
        trial.PredictedDecrease = Math.Max(_predicted / proposal.FullShare, proposal.Optimality * proposal.Optimality * point.Cost);
    }

    /// <summary>Evaluates the trial point, if anything is to be gained there.</summary>
    /// <returns>The gain ratio that counts.</returns>
    private double Evaluate(Trial trial)
    {
        if (!(_predicted > 0))
        {
            return double.NegativeInfinity;
        }

        double cost = trial.Evaluate();
        double decrease = trial.Decrease();
        _anyTrial = true;
        _nonFinite = double.IsFinite(cost) ? 0 : _nonFinite + 1;
        _anyFinite |= _nonFinite == 0;
        (trial.GainRatio, trial.Radius) = (decrease / _predicted, _direction.Radius);
        return _reference.Gain(decrease, cost, _predicted);
    }

    private SearchOutcome Accept(Point point, Proposal proposal, Trial trial, double gain)
    {
        _reference.Accept(trial.Cost, _predicted);
        Follow(gain, proposal.IsRestricted, isFirst: point.Iterations == 0);
        return SearchOutcome.Accepted;
    }

    /// <summary>Whether a step takes an unknown through zero, where poles of models lie, and gains so much more than predicted that the
    /// objective between its ends cannot be what the model of it says, although the radius has left little of the model's own step. A
    /// shorter one is then tried: of a quotient, say, whose denominator changes its sign there, the other side has no minimum worth
    /// finding.</summary>
    private bool IsDoubtful(Point point, Proposal proposal, Trial trial)
    {
        if (_direction is not IConfinable || !(trial.GainRatio > LargestGain) || proposal.FullShare > LargestShare)
        {
            return false;
        }

        for (int i = 0; i < trial.X.Length; i++)
        {
            if (Math.Sign(point.X[i]) * Math.Sign(trial.X[i]) < 0)
            {
                trial.Keep();
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a step is taken on trust. Where the objective's own rounding hides so small a decrease, the full step is, as long
    /// as the gradient falls.</summary>
    private bool IsRefinement(Point point, Proposal proposal, Trial trial) =>
        trial.Cost <= point.Cost + point.CostRounding && proposal.Optimality <= 0.5 * _refined;

    /// <summary>The radius after an accepted step.</summary>
    private void Follow(double gain, bool isRestricted, bool isFirst)
    {
        if (gain <= 0.25)
        {
            _direction.Radius = 0.5 * Math.Min(_direction.Radius, _length);
        }
        else if (gain >= 0.75 || !isRestricted)
        {
            _direction.Radius = 2 * _length;
        }
        else if (isFirst)
        {
            _direction.Radius = Math.Min(_direction.Radius, _length);
        }
    }

    /// <summary>By how much to shorten the radius after a rejection: to the minimum of the parabola through what is known along the step,
    /// within [0.1, 0.5]; the objective's slope there is about minus twice the prediction. Faster and faster where nothing is
    /// finite.</summary>
    private double Shrink(double gain) => double.IsFinite(gain) ? Math.Clamp(1 / (2 - gain), 0.1, 0.5)
        : Math.Pow(0.25, 1 << Math.Clamp(_nonFinite - Patience, 0, 6));
}

namespace Retrodict.Solvers;

/// <summary>
/// Accepts a step if the objective falls by enough of what the model of the residuals predicts for it, and steers the radius (see
/// <see cref="TrustRegionOptions"/>). Trials are projected into the box, and the prediction is that of the projected step.
/// </summary>
internal sealed class TrustRegion(TrustRegionOptions options, Objective model, TrustRegionDirection direction) : Globalizer
{
    /// <summary>Every rejection at least halves the radius: beyond this many it is zero for all purposes.</summary>
    private const int MaxRejections = 100;

    private readonly double[] _step = new double[model.Unknowns];
    private readonly double[] _asked = new double[model.Unknowns];
    private readonly NonmonotoneReference _reference = new(options.Memory);
    private double _refined;

    public override StoppingCriterion Exhausted => StoppingCriterion.TrustRegion;

    public override void Begin()
    {
        _reference.Forget();
        _refined = double.PositiveInfinity;
    }

    public override SearchOutcome Search(Iterate iterate)
    {
        _reference.Begin(iterate.Cost);
        double askedDecrease = 0;
        double askedFactor = 1;
        bool anyFinite = false;
        bool anyTrial = false;
        for (int rejections = 0; rejections <= MaxRejections; rejections++)
        {
            if (iterate.Limit != StoppingCriterion.None)
            {
                return SearchOutcome.Stopped;
            }

            if (rejections > 0)
            {
                direction.Compute(iterate);
            }

            double predicted = Predict(iterate);
            double length = direction.Length(_step);
            iterate.StepFactor = direction.FullShare;

            // What the full step would gain: at least what any single unknown would, and about the damped step's gain over its share.
            iterate.PredictedDecrease = Math.Max(predicted / iterate.StepFactor, iterate.Optimality * iterate.Optimality * iterate.Cost);
            if (rejections == 0)
            {
                // Should nothing be accepted, this is the step that was asked for: later ones are short only because the radius is.
                (askedDecrease, askedFactor) = (iterate.PredictedDecrease, iterate.StepFactor);
                iterate.Direction.CopyTo(_asked, 0);
            }

            double gain = double.NegativeInfinity;
            if (predicted > 0)
            {
                double cost = iterate.EvaluateTrial();
                anyTrial = true;
                anyFinite |= double.IsFinite(cost);
                double decrease = iterate.TrialDecrease(cost);
                gain = _reference.Gain(decrease, cost, predicted);
                if (gain >= options.MinGainRatio && _reference.Allows(iterate.Cost, cost))
                {
                    (iterate.GainRatio, iterate.Radius) = (decrease / predicted, direction.Radius);
                    _reference.Accept(cost, predicted);
                    iterate.Accept(cost);
                    Follow(gain, length, iterate.Iterations == 0);
                    return SearchOutcome.Accepted;
                }

                // The objective's own rounding hides so small a decrease: the full step is trusted as long as the gradient falls.
                if (double.IsFinite(cost) && askedDecrease <= iterate.CostRounding)
                {
                    if (rejections > 0 || cost > iterate.Cost + iterate.CostRounding || !(iterate.Optimality <= 0.5 * _refined))
                    {
                        break;
                    }

                    _refined = iterate.Optimality;
                    (iterate.GainRatio, iterate.Radius) = (decrease / predicted, direction.Radius);
                    iterate.Accept(cost);
                    return SearchOutcome.Accepted;
                }
            }

            if (length == 0)
            {
                break;
            }

            direction.Radius = Shrink(gain) * Math.Min(direction.Radius, length);
        }

        (iterate.PredictedDecrease, iterate.StepFactor) = (askedDecrease, askedFactor);
        _asked.CopyTo(iterate.Direction, 0);
        return anyTrial && !anyFinite ? SearchOutcome.NonFinite : SearchOutcome.Exhausted;
    }

    /// <summary>Makes the trial point and predicts the decrease there.</summary>
    private double Predict(Iterate iterate)
    {
        for (int i = 0; i < _step.Length; i++)
        {
            iterate.Trial[i] = iterate.X[i] + iterate.Direction[i];
        }

        model.Problem.Bounds.Project(iterate.Trial);
        for (int i = 0; i < _step.Length; i++)
        {
            _step[i] = iterate.Trial[i] - iterate.X[i];
        }

        return direction.ModelDecrease(iterate, _step);
    }

    /// <summary>The radius after an accepted step of a given length.</summary>
    private void Follow(double gain, double length, bool first)
    {
        if (gain <= 0.25)
        {
            direction.Radius = 0.5 * Math.Min(direction.Radius, length);
        }
        else if (gain >= 0.75 || !direction.IsRestricted)
        {
            direction.Radius = 2 * length;
        }
        else if (first)
        {
            direction.Radius = Math.Min(direction.Radius, length);
        }
    }

    /// <summary>By how much to shorten the radius after a rejection: to the minimum of the parabola through what is known along the step, within [0.1, 0.5];
    /// the objective's slope there is about minus twice the prediction.</summary>
    private static double Shrink(double gain) => double.IsFinite(gain) ? Math.Clamp(1 / (2 - gain), 0.1, 0.5) : 0.25;
}

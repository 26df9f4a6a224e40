namespace Retrodict.Solvers;

/// <summary>
/// Accepts a step if the objective falls by enough of what the model of the residuals predicts for it, and steers the radius (see
/// <see cref="TrustRegionOptions"/>). Trials are projected into the box, and the prediction is that of the projected step.
/// </summary>
internal sealed class RadiusControl(TrustRegionOptions options, LeastSquares model, TrustRegionDirection direction) : Globaliser
{
    /// <summary>The radius is divided by 2, 4, 8, ...: beyond this many rejections it is zero for all purposes.</summary>
    private const int MaxRejections = 40;

    private readonly double[] _step = new double[model.Unknowns];
    private readonly double[] _asked = new double[model.Unknowns];
    private readonly NonmonotoneReference _reference = new(options.Memory);
    private double _radius;

    public override StoppingCriterion Exhausted => StoppingCriterion.TrustRegion;

    public override void Begin()
    {
        Set(options.InitialRadius);
        _reference.Forget();
    }

    public override SearchOutcome Search(Iterate iterate)
    {
        _reference.Begin(iterate.Cost);
        double shrink = 2;
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
            iterate.StepFactor = direction.FullShare;
            iterate.PredictedDecrease = predicted / iterate.StepFactor;
            if (rejections == 0)
            {
                // Should nothing be accepted, this is the step that was asked for: later ones are short only because the radius is.
                (askedDecrease, askedFactor) = (iterate.PredictedDecrease, iterate.StepFactor);
                iterate.Direction.CopyTo(_asked, 0);
            }

            if (predicted > 0)
            {
                double cost = iterate.EvaluateTrial();
                anyTrial = true;
                anyFinite |= double.IsFinite(cost);
                double gain = _reference.Gain(iterate.Cost, cost, predicted);
                if (gain > options.MinGainRatio && _reference.Allows(iterate.Cost, cost))
                {
                    (iterate.GainRatio, iterate.Radius) = ((iterate.Cost - cost) / predicted, _radius);
                    _reference.Accept(cost, predicted);
                    iterate.Accept(cost);
                    Grow(gain);
                    return SearchOutcome.Accepted;
                }

                if (double.IsFinite(cost) && askedDecrease <= model.Rounding * iterate.Cost)
                {
                    // The objective's own rounding hides so small a decrease.
                    break;
                }
            }

            if (_step.AsSpan().IndexOfAnyExcept(0) < 0)
            {
                break;
            }

            Set(Math.Min(_radius, direction.Reach) / shrink);
            shrink *= 2;
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

    private void Grow(double gain)
    {
        // A poor step that the radius did not limit says nothing about longer ones, except that they are no better.
        double radius = gain < 0.5 ? Math.Min(_radius, direction.Reach) : _radius;
        double t = (2 * gain) - 1;
        Set(Math.Min(options.MaxRadius, radius / Math.Max(1 / options.LargestGrowth, 1 - (t * t * t))));
    }

    private void Set(double radius)
    {
        _radius = radius;
        direction.Radius = radius;
    }
}

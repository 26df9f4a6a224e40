namespace Retrodict.Solvers;

/// <summary>
/// A line search for the strong Wolfe conditions along the projected path x(a) = P(x + a p): bracketing and interpolation (Nocedal and
/// Wright, algorithms 3.5 and 3.6), with the quasi-Wolfe conditions of Ferry, Gill, Wong and Zhang (2020) where the path bends.
/// <para>
/// The slope of f(x(a)) is the sum of g_i(x(a)) p_i over the unknowns that have not reached their bound; it jumps where one does, so every
/// point has a slope to its left and one to its right. Enough decrease means f(x) - f(x(a)) >= c g(x).(x - x(a)). The slope is flat enough
/// if one of the two is at most the fraction of the first slope, or if the left one falls and the right one rises. The interval always
/// holds such a point: its low end has the lowest objective found, and descends towards the other.
/// </para>
/// </summary>
public sealed class ProjectedWolfe : Globalizer
{
    /// <summary>Kinks are put so much further that rounding does not leave an unknown just inside of its bound there.</summary>
    private const double Beyond = 1 + 1e-15;

    private readonly WolfeOptions _options;
    private readonly Box _bounds;
    private readonly double _rounding;
    private readonly double[] _kinks;
    private double _lastKink;

    /// <param name="options">Its options.</param>
    /// <param name="objective">The problem, compiled.</param>
    public ProjectedWolfe(WolfeOptions options, Objective objective)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(objective);
        (_options, _bounds, _rounding) = (options, objective.Problem.Bounds, objective.Rounding);
        _kinks = new double[objective.Unknowns];
    }

    /// <inheritdoc/>
    public override SearchOutcome Search(Point point, Proposal proposal, Trial trial)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(trial);
        FindKinks(point, proposal);
        double first = Slopes(point.Gradient, proposal.Direction, 0).Right;
        if (!(first < 0))
        {
            return SearchOutcome.Exhausted;
        }

        var interval = new StepInterval(point.Cost, first);
        double factor = 1;
        double kept = 0;
        bool anyFinite = false;
        for (int count = 0; count < _options.MaxEvaluations; count++)
        {
            if (!trial.MayEvaluate)
            {
                return SearchOutcome.Stopped;
            }

            trial.Step(proposal.Direction, factor);
            if (factor != 1 && trial.X.SequenceEqual(point.X))
            {
                break;
            }

            PathPoint found = Evaluate(point, proposal, trial, factor);
            bool lower = IsLower(point, trial, found) && found.Cost < interval.Low.Cost;
            if (lower && found.IsFlat(-_options.Curvature * first))
            {
                return Accept(point, proposal, trial, factor);
            }

            if (count == 0 && trial.HasFailed && proposal.TryConfine(point))
            {
                FindKinks(point, proposal);
                first = Slopes(point.Gradient, proposal.Direction, 0).Right;
                interval = new StepInterval(point.Cost, first);
                continue;
            }

            anyFinite |= found.IsFinite;
            kept = found.IsFinite && trial.Keep() ? factor : kept;
            if (kept == 0 && !found.IsFinite)
            {
                // Lower, but without a derivative: the search does not go there, but the solve has seen it.
                trial.Keep();
            }

            if (!lower && found.IsFinite && proposal.PredictedDecrease <= _rounding * point.Cost)
            {
                // The objective's own rounding hides so small a decrease.
                break;
            }

            interval.Narrow(found, lower);
            bool bisect = count % 3 == 2;
            factor = interval.Next(_lastKink, bisect);
            if (bisect)
            {
                factor = KinkNear(factor, interval);
            }
        }

        if (kept > 0)
        {
            // Only what was lowest on the way; its gradient is not at hand any more.
            trial.ReturnToKept();
            return Accept(point, proposal, trial, kept);
        }

        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
    }

    /// <summary>The kink inside of the interval that is nearest to a factor, or the factor itself if there is none: where the path bends
    /// there may be a lowest point that only it meets.</summary>
    private double KinkNear(double factor, in StepInterval interval)
    {
        double nearest = double.NaN;
        foreach (double kink in _kinks)
        {
            if (interval.Holds(kink) && !(Math.Abs(kink - factor) >= Math.Abs(nearest - factor)))
            {
                nearest = kink;
            }
        }

        return double.IsNaN(nearest) ? factor : nearest;
    }

    private static SearchOutcome Accept(Point point, Proposal proposal, Trial trial, double factor)
    {
        (trial.StepFactor, trial.GainRatio) = (factor, (point.Cost - trial.Cost) / proposal.PredictedDecrease);
        return SearchOutcome.Accepted;
    }

    /// <summary>Evaluates the trial point and its slopes.</summary>
    private PathPoint Evaluate(Point point, Proposal proposal, Trial trial, double factor)
    {
        double cost = trial.EvaluateWithGradient();
        (double left, double right) = Slopes(trial.Gradient, proposal.Direction, factor);
        if (double.IsFinite(cost) && !double.IsFinite(left))
        {
            point.NoteDispensableDerivative();
        }

        return new PathPoint(factor, cost, left, right);
    }

    /// <summary>Whether the objective has fallen by enough of g.(x - x(a)).</summary>
    private bool IsLower(Point point, Trial trial, PathPoint found)
    {
        if (!found.IsFinite)
        {
            return false;
        }

        ReadOnlySpan<double> x = point.X;
        ReadOnlySpan<double> gradient = point.Gradient;
        ReadOnlySpan<double> to = trial.X;
        double fall = 0;
        for (int i = 0; i < to.Length; i++)
        {
            fall += gradient[i] * (x[i] - to[i]);
        }

        return point.Cost - found.Cost >= _options.SufficientDecrease * fall;
    }

    private void FindKinks(Point point, Proposal proposal)
    {
        ReadOnlySpan<double> x = point.X;
        ReadOnlySpan<double> direction = proposal.Direction;
        _lastKink = 0;
        for (int i = 0; i < _kinks.Length; i++)
        {
            double p = direction[i];
            double kink = p > 0 ? (_bounds.Upper(i) - x[i]) / p : p < 0 ? (_bounds.Lower(i) - x[i]) / p : double.PositiveInfinity;
            _kinks[i] = Beyond * kink;
            _lastKink = Math.Max(_lastKink, _kinks[i]);
        }
    }

    private (double Left, double Right) Slopes(ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, double factor)
    {
        double left = 0;
        double right = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            double product = gradient[i] * direction[i];
            left += _kinks[i] >= factor ? product : 0;
            right += _kinks[i] > factor ? product : 0;
        }

        return (left, right);
    }
}

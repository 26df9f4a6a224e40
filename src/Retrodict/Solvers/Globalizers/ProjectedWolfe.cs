namespace Retrodict.Solvers;

/// <summary>
/// A line search for the strong Wolfe conditions along the projected path x(a) = P(x + a p): bracketing and interpolation (Nocedal and Wright, algorithms 3.5
/// and 3.6), with the quasi-Wolfe conditions of Ferry, Gill, Wong and Zhang (2020) where the path bends.
/// <para>
/// The slope of f(x(a)) is the sum of g_i(x(a)) p_i over the unknowns that have not reached their bound; it jumps where one does, so every point has a slope to
/// its left and one to its right. Enough decrease means f(x) - f(x(a)) >= c g(x).(x - x(a)). The slope is flat enough if one of the two is at most the
/// fraction of the first slope, or if the left one falls and the right one rises. The interval always holds such a point: its low end has the lowest
/// objective found, and descends towards the other.
/// </para>
/// </summary>
internal sealed class ProjectedWolfe(WolfeOptions options, Objective model) : Globalizer
{
    /// <summary>A step grows by at most this factor.</summary>
    private const double LargestGrowth = 10;

    private readonly double[] _kinks = new double[model.Unknowns];
    private double _lastKink;

    /// <summary>A point of the path: how far along, the objective, the slope towards the inside of the interval.</summary>
    private readonly record struct End(double Factor, double Cost, double Slope)
    {
        public bool IsFinite => double.IsFinite(Cost) && double.IsFinite(Slope);
    }

    public override SearchOutcome Search(Iterate iterate)
    {
        FindKinks(iterate);
        double first = Slopes(iterate.Gradient, iterate.Direction, 0).Right;
        var low = new End(0, iterate.Cost, first);
        End previous = low;
        End? high = null;
        double factor = 1;
        double kept = 0;
        bool anyFinite = !(first < 0);
        for (int count = 0; first < 0 && count < options.MaxEvaluations; count++)
        {
            if (iterate.Limit != StoppingCriterion.None)
            {
                return SearchOutcome.Stopped;
            }

            double needed = options.SufficientDecrease * Move(iterate, factor);
            if (factor != 1 && iterate.Trial.AsSpan().SequenceEqual(iterate.X))
            {
                break;
            }

            double cost = iterate.EvaluateTrialWithGradient();
            (double left, double right) = Slopes(iterate.TrialGradient, iterate.Direction, factor);
            bool finite = double.IsFinite(cost) && double.IsFinite(left);
            anyFinite |= finite;
            if (!finite && double.IsFinite(cost))
            {
                iterate.NoteDispensableDerivative();
            }

            bool lower = finite && iterate.Cost - cost >= needed && cost < low.Cost;
            if (lower && IsFlat(left, right, -options.Curvature * first))
            {
                return Accepted(iterate, factor, cost);
            }

            kept = finite && iterate.Keep(cost) ? factor : kept;
            if (!lower)
            {
                if (finite && iterate.PredictedDecrease <= model.Rounding * iterate.Cost)
                {
                    // The objective's own rounding hides so small a decrease.
                    break;
                }

                high = new End(factor, cost, left);
            }
            else
            {
                // The low end descends towards the high one.
                bool rises = high is { } h && h.Factor < factor ? left < 0 : left > 0;
                if (rises)
                {
                    high = low;
                }

                (previous, low) = (low, new End(factor, cost, left > 0 ? left : right));
            }

            factor = high is { } end ? Inside(low, end, bisect: count % 3 == 2) : Beyond(previous, low);
        }

        if (kept > 0)
        {
            // Only what was lowest on the way; its gradient is not at hand any more.
            return Accepted(iterate, kept, null);
        }

        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
    }

    /// <summary>Makes the trial point; returns g.(x - x(a)).</summary>
    private double Move(Iterate iterate, double factor)
    {
        ReadOnlySpan<double> x = iterate.X;
        Span<double> trial = iterate.Trial.AsSpan(0, x.Length);
        ReadOnlySpan<double> direction = iterate.Direction.AsSpan(0, x.Length);
        for (int i = 0; i < trial.Length; i++)
        {
            trial[i] = x[i] + (factor * direction[i]);
        }

        model.Problem.Bounds.Project(trial);
        double fall = 0;
        for (int i = 0; i < trial.Length; i++)
        {
            fall += iterate.Gradient[i] * (x[i] - trial[i]);
        }

        return fall;
    }

    private void FindKinks(Iterate iterate)
    {
        Box bounds = model.Problem.Bounds;
        _lastKink = 0;
        for (int i = 0; i < _kinks.Length; i++)
        {
            double p = iterate.Direction[i];
            _kinks[i] = p > 0 ? (bounds.Upper(i) - iterate.X[i]) / p : p < 0 ? (bounds.Lower(i) - iterate.X[i]) / p : double.PositiveInfinity;
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

    private static bool IsFlat(double left, double right, double limit) => Math.Abs(left) <= limit || Math.Abs(right) <= limit || (left <= 0 && right >= 0);

    private static SearchOutcome Accepted(Iterate iterate, double factor, double? cost)
    {
        double before = iterate.Cost;
        if (cost is { } value)
        {
            iterate.Accept(value, withGradient: true);
        }
        else
        {
            iterate.AcceptKept();
        }

        iterate.StepFactor = factor;
        iterate.GainRatio = (before - iterate.Cost) / iterate.PredictedDecrease;
        return SearchOutcome.Accepted;
    }

    /// <summary>Where to go where all of the way so far descends: to where the slope would vanish, within limits.</summary>
    private double Beyond(End previous, End low)
    {
        double secant = low.Factor + ((low.Factor - previous.Factor) * low.Slope / (previous.Slope - low.Slope));
        double factor = secant > low.Factor ? Math.Clamp(secant, 1.5 * low.Factor, LargestGrowth * low.Factor) : LargestGrowth * low.Factor;

        // Beyond the last kink the path ends.
        return low.Factor < _lastKink ? Math.Min(factor, _lastKink) : factor;
    }

    /// <summary>A point inside of the interval: the minimizer of the cubic that has the values and slopes of the ends, kept away from them; now and then
    /// the middle, so that the interval shrinks whatever the function.</summary>
    private static double Inside(End low, End high, bool bisect)
    {
        double width = high.Factor - low.Factor;
        double middle = low.Factor + (0.5 * width);
        if (bisect || !high.IsFinite)
        {
            return middle;
        }

        // Nocedal and Wright, eq. 3.59, in the coordinate (a - low) / width and a unit of cost in which the slope at the low end is -1.
        double unit = Math.Abs(width * low.Slope);
        double slope = width * high.Slope / unit;
        double mean = slope - 1 - (3 * (high.Cost - low.Cost) / unit);
        double root = Math.Sqrt((mean * mean) + slope);
        double t = 1 - ((slope + root - mean) / (slope + 1 + (2 * root)));
        return double.IsFinite(t) ? low.Factor + (Math.Clamp(t, 0.1, 0.9) * width) : middle;
    }
}

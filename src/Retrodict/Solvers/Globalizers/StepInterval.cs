namespace Retrodict.Solvers;

/// <summary>
/// Where a line search looks for a flat point (Nocedal and Wright, algorithms 3.5 and 3.6): between a low end, which has the lowest
/// objective found and descends towards the other, and a high end; beyond the low end, as long as there is no other.
/// </summary>
internal struct StepInterval
{
    /// <summary>A step grows by at most this factor.</summary>
    private const double LargestGrowth = 10;

    private End _previous;
    private End? _high;

    public StepInterval(double cost, double slope)
    {
        Low = new End(0, cost, slope);
        _previous = Low;
    }

    public End Low { get; private set; }

    /// <summary>Takes in a point that is no end of the search.</summary>
    /// <param name="point">The point.</param>
    /// <param name="lower">Whether it is lower than the low end and low enough.</param>
    public void Narrow(PathPoint point, bool lower)
    {
        if (!lower)
        {
            _high = new End(point.Factor, point.Cost, point.Left);
            return;
        }

        // The low end descends towards the high one.
        bool rises = _high is { } high && high.Factor < point.Factor ? point.Left < 0 : point.Left > 0;
        if (rises)
        {
            _high = Low;
        }

        (_previous, Low) = (Low, new End(point.Factor, point.Cost, point.Left > 0 ? point.Left : point.Right));
    }

    /// <summary>Whether a factor lies inside of the interval.</summary>
    public readonly bool Holds(double factor) => _high is { } high
        && Math.Min(Low.Factor, high.Factor) < factor && factor < Math.Max(Low.Factor, high.Factor);

    /// <summary>The factor to try next.</summary>
    /// <param name="lastKink">The factor beyond which the path ends.</param>
    /// <param name="bisect">Whether to take the middle, so that the interval shrinks whatever the function.</param>
    public readonly double Next(double lastKink, bool bisect) => _high is { } high ? Inside(Low, high, bisect) : Beyond(lastKink);

    /// <summary>Where to go where all of the way so far descends: to where the slope would vanish, within limits.</summary>
    private readonly double Beyond(double lastKink)
    {
        double secant = Low.Factor + ((Low.Factor - _previous.Factor) * Low.Slope / (_previous.Slope - Low.Slope));
        double factor = secant > Low.Factor ? Math.Clamp(secant, 1.5 * Low.Factor, LargestGrowth * Low.Factor) : LargestGrowth * Low.Factor;
        return Low.Factor < lastKink ? Math.Min(factor, lastKink) : factor;
    }

    /// <summary>A point inside of the interval: the minimizer of the cubic that has the values and slopes of the ends, kept away from
    /// them.</summary>
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

    /// <summary>An end: how far along, the objective, the slope towards the inside of the interval.</summary>
    internal readonly record struct End(double Factor, double Cost, double Slope)
    {
        public bool IsFinite => double.IsFinite(Cost) && double.IsFinite(Slope);
    }
}

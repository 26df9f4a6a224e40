using System.Globalization;

namespace Retrodict;

/// <summary>
/// How a trust region's radius follows the gain ratio, the decrease of the objective over the predicted one (Nielsen 1999, Damping parameter in Marquardt's
/// method, IMM-REP-1999-05, as in Ceres). After an accepted step the radius grows by up to <see cref="LargestGrowth"/>, continuously in the ratio;
/// rejected ones divide it by 2, 4, 8, ... In Levenberg-Marquardt the damping is its reciprocal, in units of the squared lengths of J's columns; in Powell's dogleg
/// it bounds the length of the step, each unknown in units of its effect on the residuals, relative to the length of the first residuals.
/// </summary>
public sealed record TrustRegionOptions
{
    private readonly double _initialRadius = 1e4;
    private readonly double _maxRadius = 1e32;
    private readonly double _minGainRatio = 1e-3;
    private readonly double _largestGrowth = 3;
    private readonly int _memory = 1;

    /// <summary>The first radius; default 1e4, nearly the full Gauss-Newton step.</summary>
    public double InitialRadius
    {
        get => _initialRadius;
        init => _initialRadius = Positive(value, nameof(InitialRadius));
    }

    /// <summary>The largest radius; default 1e32, without any effect of the damping.</summary>
    public double MaxRadius
    {
        get => _maxRadius;
        init => _maxRadius = Positive(value, nameof(MaxRadius));
    }

    /// <summary>The least gain ratio at which a step is accepted; between 0 and 1, default 1e-3.</summary>
    public double MinGainRatio
    {
        get => _minGainRatio;
        init => _minGainRatio = value is > 0 and < 1 ? value : throw Wrong(nameof(MinGainRatio), value, "lie between 0 and 1, both excluded");
    }

    /// <summary>The factor by which the radius grows after a step with a gain ratio near 1; more than 1, default 3.</summary>
    public double LargestGrowth
    {
        get => _largestGrowth;
        init => _largestGrowth = value > 1 && double.IsFinite(value) ? value : throw Wrong(nameof(LargestGrowth), value, "be more than 1");
    }

    /// <summary>How many steps in a row the objective may spend above the lowest value that it has had, so that a solve can follow a curved valley in longer
    /// steps (Conn, Gould and Toint 2000, Trust-Region Methods, section 10.1). Default 1: every step goes down. The best point is returned all the
    /// same.</summary>
    public int Memory
    {
        get => _memory;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Memory));
            _memory = value;
        }
    }

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value) ? value : throw Wrong(name, value, "be positive and finite");

    private static ArgumentOutOfRangeException Wrong(string name, double value, string must) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must {must}."));
}

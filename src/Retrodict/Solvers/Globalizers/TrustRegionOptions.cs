using System.Globalization;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>
/// How a trust region's radius, the largest length ‖D p‖ of a step in units of the residuals, follows the gain ratio, the decrease of
/// the objective over the predicted one (Moré 1978, The Levenberg-Marquardt algorithm: implementation and theory, section 7; the MINPACK
/// rules).
/// </summary>
public sealed record TrustRegionOptions
{
    private readonly double _initialFactor = 1;
    private readonly double _minGainRatio = 1e-4;
    private readonly int _memory = 1;

    /// <summary>The first radius over the length ‖D x‖ of the start; from a start at zero the first step is the full one. Default 1: no
    /// step of unknowns that are large already is longer than they are. MINPACK's 100 saves a few iterations on easy problems and loses
    /// hard ones.</summary>
    public double InitialFactor
    {
        get => _initialFactor;
        init => _initialFactor = value > 0 && double.IsFinite(value)
            ? value
            : throw Wrong(nameof(InitialFactor), value, "be positive and finite");
    }

    /// <summary>The least gain ratio at which a step is accepted; between 0 and 1, default 1e-4.</summary>
    public double MinGainRatio
    {
        get => _minGainRatio;
        init =>
            _minGainRatio = value is > 0 and < 1 ? value : throw Wrong(nameof(MinGainRatio), value, "lie between 0 and 1, both excluded");
    }

    /// <summary>How many steps in a row the objective may spend above the lowest value that it has had, so that a solve can follow a curved
    /// valley in longer steps (Conn, Gould and Toint 2000, Trust-Region Methods, section 10.1). Default 1: every step goes down. The best
    /// point is returned all the same.</summary>
    public int Memory
    {
        get => _memory;
        init => _memory = Sizes.Between(value, 1, Sizes.MostRemembered, nameof(Memory));
    }

    private static ArgumentOutOfRangeException Wrong(string name, double value, string must) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must {must}."));
}

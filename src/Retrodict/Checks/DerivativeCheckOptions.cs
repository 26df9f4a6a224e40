using Retrodict.Numerics;

namespace Retrodict;

/// <summary>How a model is checked, and what counts as right.</summary>
public sealed record DerivativeCheckOptions
{
    private readonly int _points = 10;

    /// <summary>At how many random points derivatives are compared; default 10. Ten times as many are tried for values that are not
    /// finite.</summary>
    public int Points
    {
        get => _points;
        init => _points = Sizes.Between(value, 1, Sizes.MostTried, nameof(Points));
    }

    /// <summary>The seed of points and directions; default 7.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>Limit on the relative error of J v against central differences; default 1e-6, which leaves room for their own truncation
    /// and rounding.</summary>
    public double DifferencesLimit { get; init; } = 1e-6;

    /// <summary>Limit on |⟨J v, w⟩ - ⟨v, J^T w⟩| / (‖J v‖ ‖w‖), and on the difference between entries of J from forward and
    /// from reverse mode, relative to the largest one; default 1e-11.</summary>
    public double AdjointLimit { get; init; } = 1e-11;

    /// <summary>Limit on the relative error of float32 against float64; default 1e-4. Models that amplify rounding, such as long time
    /// integrations, may need more.</summary>
    public double PrecisionLimit { get; init; } = 1e-4;
}

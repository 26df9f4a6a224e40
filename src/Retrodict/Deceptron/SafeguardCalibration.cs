using System.Globalization;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>What is usual for a reverse map, measured on validation data: beyond it a measurement counts as out of its distribution, and
/// exact steps take over.</summary>
public sealed record SafeguardCalibration
{
    private readonly double? _composition;
    private readonly double? _discrepancy;
    private readonly int _probes = 1;

    /// <summary>The largest usual RJCP, E ‖J_g J_f ξ - ξ‖² / n, as <see cref="LearnedCertificate.Rjcp"/> has it at the estimates of
    /// validation data: a quantile of those. Null, the default, for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or NaN.</exception>
    public double? CompositionThreshold
    {
        get => _composition;
        init => _composition = NotNegative(value, nameof(CompositionThreshold));
    }

    /// <summary>The largest usual discrepancy of the estimate, RMS of (F(g(y)) - y) / noise: a quantile over validation data. Null, the
    /// default, for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or NaN.</exception>
    public double? DiscrepancyThreshold
    {
        get => _discrepancy;
        init => _discrepancy = NotNegative(value, nameof(DiscrepancyThreshold));
    }

    /// <summary>With how many probes <see cref="CompositionThreshold"/> was measured; solves use as many unless told otherwise. Default
    /// 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Probes
    {
        get => _probes;
        init => _probes = Sizes.Between(value, 1, Sizes.MostTried, nameof(Probes));
    }

    private static double? NotNegative(double? value, string name) => value is null or >= 0
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be 0 or more, or null for no limit."));
}

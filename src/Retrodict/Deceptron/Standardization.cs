using System.Numerics;
using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>From measurements and residual rows to the units of a reverse map, in the lanes' element type. Rows are in units of a deviation
/// for each component.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class Standardization<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly double[] _measured;
    private readonly T[] _scale;

    public Standardization(ReverseMap map, Noise noise)
    {
        (_mean, _deviation, _measured) = ([.. map.ObservationMean], [.. map.ObservationDeviation], new double[map.Observations]);
        _scale = [.. _deviation.Select((deviation, i) => T.CreateTruncating(noise[i] / deviation))];
    }

    /// <summary>(y - mean) / deviation.</summary>
    public void Measurement(ReadOnlySpan<double> observation, Span<T> standardized)
    {
        for (int i = 0; i < _measured.Length; i++)
        {
            _measured[i] = (observation[i] - _mean[i]) / _deviation[i];
        }

        PrecisionConversion.Convert<double, T>(_measured, standardized);
    }

    /// <summary>Rows times noise over deviation.</summary>
    public void Residual(ReadOnlySpan<T> rows, Span<T> standardized) => LaneArithmetic.Multiply(rows, _scale, standardized);
}

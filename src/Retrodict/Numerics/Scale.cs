using System.Globalization;

namespace Retrodict;

/// <summary>
/// A positive length for every component of an observation: one number for all, or one a component. Standard deviations of noise and the
/// divisors of standardization are scales. Numbers and arrays convert implicitly.
/// </summary>
public sealed class Scale
{
    private readonly double[] _values;

    private Scale(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            // Residuals are multiplied by the reciprocal, which overflows for the smallest subnormal numbers.
            if (!(values[i] > 0) || double.IsInfinity(values[i]) || double.IsInfinity(1 / values[i]))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"A scale must be positive and finite, and so must its reciprocal, but component " +
                        $"{i} is {values[i]}."), nameof(values));
            }
        }

        _values = values;
    }

    /// <summary>The scale 1.</summary>
    public static Scale One { get; } = new([1.0]);

    /// <summary>How many components it has; null if its number holds for any.</summary>
    public int? Dimension => _values.Length > 1 ? _values.Length : null;

    /// <summary>The scale of a component.</summary>
    /// <param name="index">The component's position.</param>
    public double this[int index] => _values[_values.Length == 1 ? 0 : index];

    /// <summary>One scale for all components.</summary>
    /// <param name="value">The scale, positive and finite.</param>
    public static implicit operator Scale(double value) => Uniform(value);

    /// <summary>A scale for each component.</summary>
    /// <param name="values">Scales, positive and finite; copied.</param>
    public static implicit operator Scale(double[] values) => PerComponent(values);

    /// <summary>One scale for all components.</summary>
    /// <param name="value">The scale, positive and finite.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static Scale Uniform(double value) => new([value]);

    /// <summary>A scale for each component.</summary>
    /// <param name="values">Scales, positive and finite; copied.</param>
    /// <exception cref="ArgumentException">One is not.</exception>
    public static Scale PerComponent(ReadOnlySpan<double> values) =>
        values.IsEmpty ? throw new ArgumentException("A scale needs at least one component.", nameof(values)) : new(values.ToArray());

    internal double[] ToArray(int dimension)
    {
        var all = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            all[i] = this[i];
        }

        return all;
    }
}

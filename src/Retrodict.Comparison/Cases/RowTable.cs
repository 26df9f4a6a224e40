namespace Retrodict.Comparison;

/// <summary>A table of numbers, a row an instance. Immutable.</summary>
public sealed class RowTable
{
    private readonly double[] _values;

    /// <summary>A table of rows.</summary>
    /// <param name="values">The rows one after the other; kept, not copied.</param>
    /// <param name="length">The length of a row, at least 1.</param>
    /// <exception cref="ArgumentException">The numbers are no whole rows.</exception>
    public RowTable(double[] values, int length)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (values.Length % length != 0)
        {
            throw new ArgumentException($"{values.Length} numbers are no rows of {length}.", nameof(values));
        }

        (_values, Length) = (values, length);
    }

    /// <summary>All numbers, [<see cref="Count"/>, <see cref="Length"/>] row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The length of a row.</summary>
    public int Length { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _values.Length / Length;

    /// <summary>A row.</summary>
    /// <param name="row">Its number, from 0 below <see cref="Count"/>.</param>
    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Length, Length);
}

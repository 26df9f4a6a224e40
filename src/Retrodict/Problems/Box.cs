using System.Globalization;

namespace Retrodict;

/// <summary>Lower and upper bounds on every unknown: single numbers for all, or one a component. Infinite bounds are none, and equal bounds
/// fix a component.</summary>
public sealed record Box
{
    private readonly double[] _lower;
    private readonly double[] _upper;

    /// <summary>The same bounds for every unknown.</summary>
    /// <param name="lower">The lower bound; may be negative infinity.</param>
    /// <param name="upper">The upper bound; may be infinity.</param>
    /// <exception cref="ArgumentException">A bound is NaN, the lower exceeds the upper, or both are the same infinity.</exception>
    public Box(double lower, double upper)
        : this([lower], [upper])
    {
    }

    /// <summary>Bounds for each unknown.</summary>
    /// <param name="lower">Lower bounds; a single element stands for all.</param>
    /// <param name="upper">Upper bounds; a single element stands for all.</param>
    /// <exception cref="ArgumentException">A bound is NaN, a lower exceeds its upper, both are the same infinity, or the lengths
    /// differ.</exception>
    public Box(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        if (lower.IsEmpty || upper.IsEmpty || (lower.Length != upper.Length && lower.Length != 1 && upper.Length != 1))
        {
            throw new ArgumentException(
                $"A box needs as many lower bounds as upper ones, but {lower.Length} and {upper.Length} were given.", nameof(upper));
        }

        _lower = lower.ToArray();
        _upper = upper.ToArray();
        for (int i = 0; i < Math.Max(_lower.Length, _upper.Length); i++)
        {
            // Written so that NaN fails too.
            if (!(Lower(i) <= Upper(i)) || double.IsPositiveInfinity(Lower(i)) || double.IsNegativeInfinity(Upper(i)))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"The bounds of unknown {i} are [{Lower(i)}, {Upper(i)}]; the lower must not " +
                        $"exceed the upper, neither may be NaN, and a number must fit between them."));
            }
        }
    }

    /// <summary>No bounds.</summary>
    public static Box Unbounded { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>How many unknowns it bounds; null if its numbers hold for any.</summary>
    public int? Dimension => Math.Max(_lower.Length, _upper.Length) is var n and > 1 ? n : null;

    /// <summary>The lower bound of an unknown.</summary>
    /// <param name="index">The unknown's position.</param>
    public double Lower(int index) => _lower[_lower.Length == 1 ? 0 : index];

    /// <summary>The upper bound of an unknown.</summary>
    /// <param name="index">The unknown's position.</param>
    public double Upper(int index) => _upper[_upper.Length == 1 ? 0 : index];

    /// <summary>The nearest point of the box, component by component; NaN stays NaN.</summary>
    /// <param name="x">The point; replaced.</param>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="ArgumentException">The point has another dimension.</exception>
    public bool Project(Span<double> x)
    {
        if (Dimension is { } dimension && dimension != x.Length)
        {
            throw new ArgumentException($"The point has {x.Length} components, but the box bounds {dimension}.", nameof(x));
        }

        bool changed = false;
        for (int i = 0; i < x.Length; i++)
        {
            double projected = x[i] < Lower(i) ? Lower(i) : x[i] > Upper(i) ? Upper(i) : x[i];
            changed |= projected != x[i] && !double.IsNaN(x[i]);
            x[i] = projected;
        }

        return changed;
    }

    /// <summary>Whether a point lies outside; components that are NaN do not count.</summary>
    internal bool IsOutside(ReadOnlySpan<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < Lower(i) || x[i] > Upper(i))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(Box? other) =>
        other is not null && _lower.AsSpan().SequenceEqual(other._lower) && _upper.AsSpan().SequenceEqual(other._upper);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_lower.Length, _lower[0], _upper.Length, _upper[0]);

    /// <summary>The box as text.</summary>
    public override string ToString() => Dimension is null
        ? string.Create(CultureInfo.InvariantCulture, $"[{_lower[0]}, {_upper[0]}]")
        : string.Create(CultureInfo.InvariantCulture, $"{Dimension} bounds");
}

using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff;

/// <summary>
/// The lengths of a tensor's axes, outermost first; elements are stored row-major. The empty shape is a scalar, and an axis may have length
/// zero. Written as a collection, <c>Shape s = [64, 128];</c>, or as a single length, <c>Shape s = 64;</c>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Of))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    private readonly int[]? _lengths;

    private Shape(int[] lengths, int count)
    {
        _lengths = lengths;
        Size = count;
        IsSet = true;
    }

    private bool IsSet { get; }

    private int Size { get; }

    /// <summary>The shape of a single number.</summary>
    public static Shape Scalar { get; } = Of([]);

    /// <summary>The number of axes.</summary>
    public int Rank => _lengths?.Length ?? 0;

    /// <summary>The number of elements: the product of the lengths (1 for a scalar).</summary>
    public int ElementCount => IsSet ? Size : 1;

    int IReadOnlyCollection<int>.Count => Rank;

    /// <summary>The length of an axis; negative numbers count from the last axis.</summary>
    /// <param name="axis">The axis, from <c>-Rank</c> to <c>Rank - 1</c>.</param>
    public int this[int axis] => Lengths[NormalizeAxis("shape", axis)];

    internal ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>A shape from the lengths of its axes.</summary>
    /// <param name="lengths">Lengths, none negative; their product must fit into a 32-bit integer.</param>
    /// <exception cref="ShapeException">A length is negative or the product is too large.</exception>
    public static Shape Of(ReadOnlySpan<int> lengths)
    {
        long count = 1;
        foreach (int length in lengths)
        {
            if (length < 0)
            {
                throw new ShapeException($"A shape cannot have an axis of length {length} (in {Format(lengths)}); lengths are 0 or more.");
            }

            count *= length;
            if (count > int.MaxValue)
            {
                throw new ShapeException($"The shape {Format(lengths)} has more than {int.MaxValue} elements.");
            }
        }

        return new Shape(lengths.ToArray(), (int)count);
    }

    /// <summary>A shape with one axis.</summary>
    /// <param name="length">The axis's length.</param>
    public static implicit operator Shape(int length) => Of([length]);

    /// <summary>A shape with one axis; the method form of the implicit conversion.</summary>
    /// <param name="length">The axis's length.</param>
    public static Shape FromInt32(int length) => Of([length]);

    /// <summary>Whether two shapes have the same lengths.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Shape other) => Lengths.SequenceEqual(other.Lengths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int length in Lengths)
        {
            hash.Add(length);
        }

        return hash.ToHashCode();
    }

    /// <summary>The shape as text, for instance <c>[64, 128]</c>.</summary>
    public override string ToString() => Format(Lengths);

    /// <summary>The lengths, outermost first.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_lengths ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The axis counted from the first; an error in the user's name when there is no such axis.</summary>
    internal int NormalizeAxis(string user, int axis)
    {
        int normal = axis < 0 ? axis + Rank : axis;
        return normal >= 0 && normal < Rank
            ? normal
            : throw new ShapeException($"{user}: axis {axis} does not exist in {this}, which has {Rank} axes.");
    }

    /// <summary>Adds an axis in front.</summary>
    internal Shape Prepend(int length) => Of([length, .. Lengths]);

    /// <summary>Takes axes away.</summary>
    internal Shape Without(Indices axes)
    {
        var kept = new List<int>(Rank);
        for (int axis = 0; axis < Rank; axis++)
        {
            if (!axes.Contains(axis))
            {
                kept.Add(Lengths[axis]);
            }
        }

        return Of(kept.ToArray());
    }

    /// <summary>Row-major strides, in elements.</summary>
    internal int[] Strides()
    {
        var strides = new int[Rank];
        int stride = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Lengths[axis];
        }

        return strides;
    }

    internal static string Format(ReadOnlySpan<int> numbers)
    {
        var texts = new string[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            texts[i] = numbers[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(", ", texts)}]";
    }
}

using System.Collections;
using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff;

/// <summary>
/// One integer for each spatial axis, such as strides: a single number for all axes, <c>PerAxis stride = 2;</c>, or one for each, outermost
/// first, <c>PerAxis stride = [2, 1];</c>.
/// </summary>
[CollectionBuilder(typeof(PerAxis), nameof(Of))]
public readonly struct PerAxis : IEquatable<PerAxis>, IReadOnlyList<int>
{
    private readonly Indices _numbers;

    private PerAxis(Indices numbers) => _numbers = numbers;

    /// <summary>How many numbers there are; one stands for all axes.</summary>
    public int Count => _numbers.Count;

    /// <summary>A number.</summary>
    /// <param name="index">Its position.</param>
    public int this[int index] => _numbers[index];

    /// <summary>One number for all axes.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator PerAxis(int number) => FromInt32(number);

    /// <summary>Whether two lists are the same.</summary>
    public static bool operator ==(PerAxis left, PerAxis right) => left.Equals(right);

    /// <summary>Whether two lists differ.</summary>
    public static bool operator !=(PerAxis left, PerAxis right) => !left.Equals(right);

    /// <summary>One number for all axes.</summary>
    /// <param name="number">The number.</param>
    public static PerAxis FromInt32(int number) => new([number]);

    /// <summary>One number for each axis.</summary>
    /// <param name="numbers">The numbers, outermost axis first.</param>
    public static PerAxis Of(ReadOnlySpan<int> numbers) => new(Indices.Of(numbers));

    /// <inheritdoc/>
    public bool Equals(PerAxis other) => _numbers.Equals(other._numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PerAxis other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _numbers.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => _numbers.ToString();

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => _numbers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One number an axis, none smaller than a least one.</summary>
    internal Indices For(string user, string what, int axes, int least)
    {
        Indices numbers = _numbers;
        if (numbers.Count != 1 && numbers.Count != axes)
        {
            throw new ShapeException(
                $"{user}: {what} {this} has {Count} numbers for {axes} spatial axes; give one for all or one for each.");
        }

        var all = Indices.Generate(axes, i => numbers[numbers.Count == 1 ? 0 : i]);
        return all.All(number => number >= least) ? all : throw new ShapeException($"{user}: {what} {this} must be at least {least}.");
    }
}

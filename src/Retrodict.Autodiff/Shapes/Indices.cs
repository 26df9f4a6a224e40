using System.Collections;
using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff;

/// <summary>A short list of integers compared by content: axes, offsets or strides as attributes of a primitive.</summary>
[CollectionBuilder(typeof(Indices), nameof(Of))]
internal readonly struct Indices : IEquatable<Indices>, IReadOnlyList<int>
{
    private readonly int[]? _items;

    private Indices(int[] items) => _items = items;

    public int Count => _items?.Length ?? 0;

    public int this[int index] => _items![index];

    public ReadOnlySpan<int> Span => _items;

    public static Indices Of(ReadOnlySpan<int> items) => new(items.ToArray());

    /// <summary>The integers 0, 1, ..., count - 1.</summary>
    public static Indices Range(int count) => Generate(count, i => i);

    public static Indices Repeat(int item, int count) => Generate(count, _ => item);

    public static Indices Generate(int count, Func<int, int> item)
    {
        var items = new int[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = item(i);
        }

        return new Indices(items);
    }

    /// <summary>The permutation that undoes this one.</summary>
    public Indices Inverse()
    {
        var inverse = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            inverse[_items![i]] = i;
        }

        return new Indices(inverse);
    }

    public Indices Select(Func<int, int> map)
    {
        Indices self = this;
        return Generate(Count, i => map(self[i]));
    }

    public Indices Prepend(int item) => Of([item, .. Span]);

    public bool Contains(int item) => Span.Contains(item);

    public int IndexOf(int item) => Span.IndexOf(item);

    public bool Equals(Indices other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Indices other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int item in Span)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => Shape.Format(Span);

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

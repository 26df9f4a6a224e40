namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Places intermediate results in one arena: a result takes the smallest free gap that holds it, or room at the end, and its place is free
/// again after its last use. Linear in the number of results times the logarithm of the number of gaps.
/// </summary>
internal sealed class ArenaLayout
{
    private readonly SortedSet<(int Length, int Offset)> _gaps = [];
    private readonly Dictionary<int, int> _gapByStart = [];
    private readonly Dictionary<int, int> _gapByEnd = [];

    /// <summary>The arena's length so far.</summary>
    public int Length { get; private set; }

    public int Take(int length)
    {
        if (length == 0)
        {
            return 0;
        }

        using SortedSet<(int Length, int Offset)>.Enumerator fits = _gaps.GetViewBetween((length, 0), (int.MaxValue, int.MaxValue))
            .GetEnumerator();
        if (!fits.MoveNext())
        {
            int end = Length;
            Length = checked(Length + length);
            return end;
        }

        (int gap, int offset) = fits.Current;
        Remove(offset, gap);
        if (gap > length)
        {
            Insert(offset + length, gap - length);
        }

        return offset;
    }

    public void Give(int offset, int length)
    {
        if (length == 0)
        {
            return;
        }

        if (_gapByEnd.TryGetValue(offset, out int before))
        {
            int beforeLength = offset - before;
            Remove(before, beforeLength);
            offset = before;
            length += beforeLength;
        }

        if (_gapByStart.TryGetValue(offset + length, out int afterLength))
        {
            Remove(offset + length, afterLength);
            length += afterLength;
        }

        Insert(offset, length);
    }

    private void Insert(int offset, int length)
    {
        _gaps.Add((length, offset));
        _gapByStart.Add(offset, length);
        _gapByEnd.Add(offset + length, offset);
    }

    private void Remove(int offset, int length)
    {
        _gaps.Remove((length, offset));
        _gapByStart.Remove(offset);
        _gapByEnd.Remove(offset + length);
    }
}

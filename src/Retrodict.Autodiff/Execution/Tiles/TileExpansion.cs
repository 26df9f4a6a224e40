using System.Numerics;

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// An operand that tells rows apart, written out over a tile because rows are short: then a kernel takes the tile at once, where a call a
/// row would cost more than the row.
/// </summary>
/// <param name="Source">The operand where it stands.</param>
/// <param name="Tile">The tile of scratch, from its first element.</param>
internal readonly record struct TileExpansion<T>(TilePlace Source, int Tile)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes a vector of columns below itself: the same for all tiles.</summary>
    public void Repeat(Workspace<T> workspace, Span<T> scratch, int rows, int columns)
    {
        Span<T> to = scratch.Slice(Tile, rows * columns);
        workspace.Span(Source.Buffer, Source.Offset, columns).CopyTo(to);
        for (int filled = columns; filled < to.Length; filled *= 2)
        {
            to[..Math.Min(filled, to.Length - filled)].CopyTo(to[filled..]);
        }
    }

    /// <summary>Writes a constant of each row over the row.</summary>
    public void Fill(Workspace<T> workspace, Span<T> scratch, int row, int length, int columns)
    {
        for (int from = 0; from < length; from += columns)
        {
            T constant = workspace.Span(Source.Buffer, Source.Offset + (row++ % Source.Length), 1)[0];
            scratch.Slice(Tile + from, Math.Min(columns, length - from)).Fill(constant);
        }
    }
}

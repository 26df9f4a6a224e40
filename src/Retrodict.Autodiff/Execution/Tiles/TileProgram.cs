using System.Numerics;
using System.Runtime.CompilerServices;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// The elementwise nodes of a step, run over a tile of elements at a time, so that what they hand each other stays in the first cache.
/// Values that only members read live in tiles of scratch. An element's bits do not depend on the tiles, so they are those of one pass a
/// node.
/// </summary>
internal sealed class TileProgram<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Of a first cache of 32 kB, with room for what the kernels need besides.
    private const int CacheBytes = 24 * 1024;
    private const int SmallestTile = 128;
    private const int LargestTile = 1024;

    // Rows below this are written out, see TileExpansion.
    private const int ShortRow = 64;

    // Smaller programs would not repay a look at their operands.
    private const int SmallestGuarded = 512;

    private readonly TileInstruction<T>[] _instructions;

    // The instructions if what the guards read is finite.
    private readonly TileInstruction<T>[] _finiteInstructions = [];
    private readonly TilePlace[] _guards = [];
    private readonly TileExpansion<T>[] _vectors = [];
    private readonly TileExpansion<T>[] _constants = [];
    private readonly bool _byRows;
    private readonly int _columns;
    private readonly int _tile;

    /// <param name="space">The members' common space.</param>
    /// <param name="members">The members as instructions in order; places in scratch count tiles.</param>
    /// <param name="tiles">How many tiles of scratch they use.</param>
    /// <param name="windows">How many windows they read or write.</param>
    /// <param name="cost">Floating-point operations an element.</param>
    public TileProgram((int Rows, int Columns) space, List<TileInstruction<T>> members, int tiles, int windows, int cost)
    {
        Count = space.Rows * space.Columns;
        _columns = space.Columns;
        Operations = (double)Count * cost;
        _byRows = members.Any(member => member.ByRows);
        var expansions = new Dictionary<TilePlace, int>();
        if (_byRows && _columns <= ShortRow)
        {
            foreach (TilePlace place in members.SelectMany(member => (TilePlace[])[member.X, member.Y, member.Z])
                .Where(place => place.TellsRows))
            {
                tiles += expansions.TryAdd(place, tiles) ? 1 : 0;
            }
        }

        int fits = CacheBytes / (Math.Max(tiles + windows, 1) * Unsafe.SizeOf<T>());
        fits = fits / AlignedBuffer<T>.ElementsPerLine * AlignedBuffer<T>.ElementsPerLine;
        _tile = Math.Clamp(fits, SmallestTile, LargestTile);
        ScratchLength = tiles * _tile;
        _instructions = [.. members.Select(m => new TileInstruction<T>(m.Kernel, Bound(m.X), Bound(m.Y), Bound(m.Z), Bound(m.Result)))];
        if (Count >= SmallestGuarded && members.Any(IsGuarded))
        {
            _guards = [.. members.Where(IsGuarded).SelectMany(m => (TilePlace[])[m.X, m.Y]).Distinct()];
            _finiteInstructions = [.. _instructions.Zip(members, (instruction, m) => IsGuarded(m)
                ? new TileInstruction<T>(m.FiniteKernel!, instruction.X, instruction.Y, instruction.Z, instruction.Result)
                : instruction)];
        }

        if (expansions.Count > 0)
        {
            _vectors =
                [.. expansions.Where(e => e.Key.Access == OperandAccess.RowVector).Select(
                    e => new TileExpansion<T>(e.Key, e.Value * _tile))];
            _constants =
                [.. expansions.Where(e => e.Key.Access == OperandAccess.RowConstant).Select(
                    e => new TileExpansion<T>(e.Key, e.Value * _tile))];
        }

        // Operands that are read over and over are shorter than the space.
        static bool IsGuarded(TileInstruction<T> member) =>
            member.FiniteKernel is not null && IsRepeated(member.X) && IsRepeated(member.Y);
        static bool IsRepeated(TilePlace place) => place is { Buffer: >= 0, Access: not (OperandAccess.Dense or OperandAccess.None) };

        TilePlace Bound(TilePlace place) =>
            place.Access == OperandAccess.None ? place
            : place.Buffer < 0 ? place with { Offset = place.Offset * _tile }
            : !expansions.TryGetValue(place, out int tile) ? place
            : new TilePlace(
                -1, tile * _tile, place.Length, place.Access == OperandAccess.RowVector ? OperandAccess.RowVector : OperandAccess.Dense);
    }

    /// <summary>The number of elements of the space.</summary>
    public int Count { get; }

    /// <summary>Scratch elements that a run needs.</summary>
    public int ScratchLength { get; }

    /// <summary>Floating-point operations over the whole space.</summary>
    public double Operations { get; }

    /// <summary>The number of elements that make whole rows where rows matter; else 1.</summary>
    public int RowLength => _byRows ? _columns : 1;

    /// <summary>Computes all members' elements from begin to end.</summary>
    public void Run(Workspace<T> workspace, int begin, int end, Span<T> scratch)
    {
        ReadOnlySpan<TileInstruction<T>> instructions = _guards.Length > 0 && GuardsAreFinite(workspace)
            ? _finiteInstructions
            : _instructions;
        if (!_byRows || begin == end)
        {
            if (end - begin <= _tile)
            {
                foreach (ref readonly TileInstruction<T> instruction in instructions)
                {
                    Apply(in instruction, workspace, scratch, begin, 0, end - begin, 0, 0);
                }

                return;
            }

            for (int at = begin; at < end; at += _tile)
            {
                Tile(instructions, workspace, scratch, at, Math.Min(_tile, end - at), 0, 0);
            }

            return;
        }

        (int row, int column) = (begin / _columns, begin % _columns);
        foreach (ref readonly TileExpansion<T> vector in _vectors.AsSpan())
        {
            vector.Repeat(workspace, scratch, Math.Min(_tile / _columns, ((end - begin) / _columns) + 1), _columns);
        }

        for (int at = begin; at < end;)
        {
            // A piece of a row, or as many whole rows as fit.
            int length = column != 0 || _columns > _tile || end - at < _columns
                ? Math.Min(Math.Min(_columns - column, end - at), _tile)
                : Math.Min(_tile / _columns, (end - at) / _columns) * _columns;
            Tile(instructions, workspace, scratch, at, length, row, column);
            at += length;
            column += length;
            row += column / _columns;
            column %= _columns;
        }
    }

    private bool GuardsAreFinite(Workspace<T> workspace)
    {
        foreach (ref readonly TilePlace guard in _guards.AsSpan())
        {
            int length = guard.Access == OperandAccess.Scalar ? 1 : guard.Length;
            if (!Finiteness.AllFinite<T>(workspace.Span(guard.Buffer, guard.Offset, length)))
            {
                return false;
            }
        }

        return true;
    }

    private void Tile(
        ReadOnlySpan<TileInstruction<T>> instructions, Workspace<T> workspace, Span<T> scratch, int at, int length, int row, int column)
    {
        foreach (ref readonly TileExpansion<T> constant in _constants.AsSpan())
        {
            constant.Fill(workspace, scratch, row, length, _columns);
        }

        foreach (ref readonly TileInstruction<T> instruction in instructions)
        {
            if (!instruction.ByRows || length <= _columns - column)
            {
                Apply(in instruction, workspace, scratch, at, 0, length, row, column);
                continue;
            }

            for (int from = 0; from < length; from += _columns)
            {
                Apply(in instruction, workspace, scratch, at + from, from, _columns, row + (from / _columns), 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(
        in TileInstruction<T> instruction, Workspace<T> workspace, Span<T> scratch, int at, int local, int length, int row, int column) =>
        instruction.Kernel(
            Line(in instruction.X, workspace, scratch, at, local, length, row, column),
            Line(in instruction.Y, workspace, scratch, at, local, length, row, column),
            Line(in instruction.Z, workspace, scratch, at, local, length, row, column),
            Line(in instruction.Result, workspace, scratch, at, local, length, row, column));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<T> Line(
        in TilePlace place, Workspace<T> workspace, Span<T> scratch, int at, int local, int length, int row, int column)
    {
        if (place.Access == OperandAccess.None)
        {
            return default;
        }

        if (place.Access == OperandAccess.Dense)
        {
            return place.Buffer < 0 ? scratch.Slice(place.Offset + local, length) : workspace.Span(place.Buffer, place.Offset + at, length);
        }

        return place.Access == OperandAccess.RowVector
            ? place.Buffer < 0 ? scratch.Slice(place.Offset + column, length) : workspace.Span(place.Buffer, place.Offset + column, length)
            : workspace.Span(place.Buffer, place.Offset + (place.Access == OperandAccess.RowConstant ? row % place.Length : 0), 1);
    }
}

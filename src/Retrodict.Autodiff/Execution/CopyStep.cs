using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// A strided copy: element i of the box <paramref name="Box"/> goes from fromOffset + i . fromStrides to toOffset + i . toStrides.
/// </summary>
internal readonly record struct CopyRegion(int Operand, Shape Box, int FromOffset, Indices FromStrides, int ToOffset, Indices ToStrides);

/// <summary>Moves elements: the kernel of every operation that only rearranges, repeats or cuts.</summary>
internal sealed class CopyStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Loop[] _loops;
    private readonly bool _clear;

    public CopyStep(Storage storage, CopyRegion[] regions, bool clear = false)
        : base(storage)
    {
        _loops = [.. regions.Where(region => region.Box.ElementCount > 0).Select(region => new Loop(region))];
        _clear = clear;
    }

    public static CopyStep<T> Whole(Storage storage)
    {
        Shape flat = Shape.Of([storage.ResultShapes[0].ElementCount]);
        return new CopyStep<T>(storage, [new CopyRegion(0, flat, 0, [1], 0, [1])]);
    }

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        Span<T> to = workspace.Write(Result);
        if (_clear)
        {
            to.Clear();
        }

        foreach (Loop loop in _loops)
        {
            loop.Run(workspace.Read(Operand(loop.Operand)), to);
        }
    }

    /// <summary>The nest of loops of one region, with axes of length one dropped and axes that run on contiguously merged.</summary>
    private sealed class Loop
    {
        private readonly int[] _lengths;
        private readonly int[] _from;
        private readonly int[] _to;
        private readonly int _fromOffset;
        private readonly int _toOffset;

        public Loop(CopyRegion region)
        {
            Operand = region.Operand;
            _fromOffset = region.FromOffset;
            _toOffset = region.ToOffset;
            var axes = new List<(int Length, int From, int To)>();
            for (int axis = 0; axis < region.Box.Rank; axis++)
            {
                (int length, int from, int to) = (region.Box[axis], region.FromStrides[axis], region.ToStrides[axis]);
                if (length == 1)
                {
                    continue;
                }

                if (axes.Count > 0 && axes[^1].From == from * length && axes[^1].To == to * length)
                {
                    axes[^1] = (axes[^1].Length * length, from, to);
                }
                else
                {
                    axes.Add((length, from, to));
                }
            }

            _lengths = [.. axes.Select(a => a.Length)];
            _from = [.. axes.Select(a => a.From)];
            _to = [.. axes.Select(a => a.To)];
        }

        public int Operand { get; }

        public void Run(ReadOnlySpan<T> from, Span<T> to) => Nest(0, _fromOffset, _toOffset, from, to);

        private void Nest(int axis, int fromAt, int toAt, ReadOnlySpan<T> from, Span<T> to)
        {
            int rank = _lengths.Length;
            if (axis >= rank - 1)
            {
                Line(rank == 0 ? 1 : _lengths[^1], fromAt, rank == 0 ? 1 : _from[^1], toAt, rank == 0 ? 1 : _to[^1], from, to);
                return;
            }

            for (int i = 0; i < _lengths[axis]; i++)
            {
                Nest(axis + 1, fromAt, toAt, from, to);
                fromAt += _from[axis];
                toAt += _to[axis];
            }
        }

        private static void Line(int length, int fromAt, int fromStride, int toAt, int toStride, ReadOnlySpan<T> from, Span<T> to)
        {
            if (fromStride == 1 && toStride == 1)
            {
                from.Slice(fromAt, length).CopyTo(to[toAt..]);
            }
            else if (fromStride == 0 && toStride == 1)
            {
                to.Slice(toAt, length).Fill(from[fromAt]);
            }
            else
            {
                for (int i = 0; i < length; i++)
                {
                    to[toAt] = from[fromAt];
                    fromAt += fromStride;
                    toAt += toStride;
                }
            }
        }
    }
}

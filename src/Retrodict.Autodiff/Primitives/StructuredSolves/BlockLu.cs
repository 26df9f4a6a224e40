using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// P A = L U of block-tridiagonal matrices with diagonal blocks [..., count, b, b] and blocks below and above them [..., count - 1, b, b]:
/// panels [..., count, 2 b, b], the blocks of U beside them [..., count, b, 2 b], and the exchanges as numbers [..., count, b] (see
/// <see cref="BlockTridiagonalLu"/>).
/// </summary>
internal sealed record BlockLu : Factorization
{
    public static readonly BlockLu Instance = new();

    public override string Name => "block-lu";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        BlockTridiagonal.RequireBlocks(Name, operands[0], operands[1], operands[2]);
        ReadOnlySpan<int> counts = operands[0].Lengths[..^2];
        int size = operands[0][-1];
        return [Shape.Of([.. counts, 2 * size, size]), Shape.Of([.. counts, size, 2 * size]), Shape.Of([.. counts, size])];
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new BlockLuStep<T>(storage, new BlockTridiagonalLu(storage.OperandShapes[0][-3], storage.OperandShapes[0][-1]));

    private sealed class BlockLuStep<T>(Storage storage, BlockTridiagonalLu blocks)
        : StackStep<T>(storage, 3, 23.0 / 3 * blocks.Count * blocks.Size * blocks.Size * blocks.Size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _pivots = blocks.Count * blocks.Size;

        public override int ScratchLength => _pivots + blocks.WorkspaceLength<T>();

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<int> pivots = MemoryMarshal.Cast<T, int>(scratch)[.._pivots];
            blocks.Factor(
                Read(workspace, 0, index), Read(workspace, 1, index), Read(workspace, 2, index), Write(workspace, 0, index),
                Write(workspace, 1, index),
                pivots, scratch[_pivots..]);
            Lu.Store(pivots, Write(workspace, 2, index));
        }
    }
}

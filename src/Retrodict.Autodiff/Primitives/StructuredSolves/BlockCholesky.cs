using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Cholesky factor of symmetric positive definite block-tridiagonal matrices with diagonal blocks [..., count, b, b] and blocks below them
/// [..., count - 1, b, b]: the factor's diagonal blocks and those beside them (see <see cref="BlockTridiagonalCholesky"/>); NaN throughout
/// where a matrix is not positive definite.
/// </summary>
internal sealed record BlockCholesky : Factorization
{
    public static readonly BlockCholesky Instance = new();

    public override string Name => "block-cholesky";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        BlockTridiagonal.RequireBlocks(Name, operands[0], operands[1]);
        return [operands[0], operands[1]];
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new BlockCholeskyStep<T>(storage, new BlockTridiagonalCholesky(storage.OperandShapes[0][-3], storage.OperandShapes[0][-1]));

    private sealed class BlockCholeskyStep<T>(Storage storage, BlockTridiagonalCholesky blocks)
        : StackStep<T>(storage, 3, 7.0 / 3 * blocks.Count * blocks.Size * blocks.Size * blocks.Size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => blocks.WorkspaceLength<T>();

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> l = Write(workspace, 0, index);
            Span<T> w = Write(workspace, 1, index);
            if (!blocks.TryFactor(Read(workspace, 0, index), Read(workspace, 1, index), l, w, scratch))
            {
                l.Fill(T.NaN);
                w.Fill(T.NaN);
            }
        }
    }
}

using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// X = A^-1 B for a symmetric positive definite block-tridiagonal matrix given by its blocks on the diagonal and below, and its factor (see
/// <see cref="BlockCholesky"/>), and B [..., count, b, columns].
/// </summary>
internal sealed record BlockPositiveSolve() : SharedSolve(FactorCount: 2)
{
    public static readonly BlockPositiveSolve Instance = new();

    protected override string PlainName => "block-positive-solve";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 5, operands);
        BlockTridiagonal.RequireBlocks(Name, operands[0], operands[1]);
        BlockTridiagonal.RequireRight(Name, operands[0], operands[4]);
        return operands[4];
    }

    protected override SharedSolve Transposed => this;

    protected override Value Change(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> matrices, Value result)
    {
        Value? upper = matrices[1] is { } lower ? LinearSystem.Transpose(lower) : null;
        return BlockTridiagonal.Product(matrices[0], matrices[1], upper, transposed: false, result);
    }

    public override Step<T> Compile<T>(Storage storage) => new BlockPositiveStep<T>(
        storage, new BlockTridiagonalCholesky(storage.OperandShapes[0][-3], storage.OperandShapes[0][-1]), storage.ResultShapes[0][-1],
        HasStrongZeros);

    private sealed class BlockPositiveStep<T>(Storage storage, BlockTridiagonalCholesky blocks, int columns, bool strong)
        : StackStep<T>(storage, 3, 6.0 * blocks.Count * blocks.Size * blocks.Size * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => blocks.SolveWorkspaceLength<T>(columns);

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> result = Write(workspace, 0, index);
            Read(workspace, 4, index).CopyTo(result);
            blocks.Solve(Read(workspace, 2, index), Read(workspace, 3, index), result, columns, scratch);
            if (strong)
            {
                ZeroRightSides.Clear(Read(workspace, 4, index), result, columns);
            }
        }
    }
}

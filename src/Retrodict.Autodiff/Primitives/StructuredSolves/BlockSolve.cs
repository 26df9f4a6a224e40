using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// X = op(A)^-1 B for a block-tridiagonal matrix given by its blocks on, below and above the diagonal, and its factors (see
/// <see cref="BlockLu"/>), and B [..., count, b, columns]; op is the identity or the transpose. NaN where A is singular.
/// </summary>
internal sealed record BlockSolve(bool IsTransposed) : SharedSolve(FactorCount: 3)
{
    protected override string PlainName => "block-solve";

    public override string Describe() => IsTransposed ? $"{Name}[transposed]" : Name;

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 7, operands);
        BlockTridiagonal.RequireBlocks(Name, operands[0], operands[1], operands[2]);
        BlockTridiagonal.RequireRight(Name, operands[0], operands[6]);
        return operands[6];
    }

    protected override SharedSolve Transposed => this with { IsTransposed = !IsTransposed };

    protected override Value Change(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> matrices, Value result) =>
        BlockTridiagonal.Product(matrices[0], matrices[1], matrices[2], IsTransposed, result);

    public override Step<T> Compile<T>(Storage storage) => new BlockSolveStep<T>(
        storage, new BlockTridiagonalLu(storage.OperandShapes[0][-3], storage.OperandShapes[0][-1]), storage.ResultShapes[0][-1],
        IsTransposed, HasStrongZeros);

    private sealed class BlockSolveStep<T>(Storage storage, BlockTridiagonalLu blocks, int columns, bool transposed, bool strong)
        : StackStep<T>(storage, 3, 8.0 * blocks.Count * blocks.Size * blocks.Size * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _pivots = blocks.Count * blocks.Size;

        public override int ScratchLength => _pivots + blocks.SolveWorkspaceLength<T>(columns);

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Solve(workspace, index, scratch);
            if (strong)
            {
                ZeroRightSides.Clear(Read(workspace, 6, index), Write(workspace, 0, index), columns);
            }
        }

        private void Solve(Workspace<T> workspace, int index, Span<T> scratch)
        {
            ReadOnlySpan<T> panels = Read(workspace, 3, index);
            Span<T> result = Write(workspace, 0, index);
            if (!blocks.IsRegular(panels))
            {
                result.Fill(T.NaN);
                return;
            }

            Read(workspace, 6, index).CopyTo(result);
            Span<int> pivots = Pivots(Read(workspace, 5, index), scratch);
            blocks.Solve(panels, Read(workspace, 4, index), pivots, result, columns, transposed, scratch[_pivots..]);
        }

        private Span<int> Pivots(ReadOnlySpan<T> stored, Span<T> scratch)
        {
            Span<int> pivots = MemoryMarshal.Cast<T, int>(scratch)[.._pivots];
            for (int i = 0; i < _pivots; i++)
            {
                int rows = i < _pivots - blocks.Size ? 2 * blocks.Size : blocks.Size;
                pivots[i] = Lu.Pivot(stored[i], rows, otherwise: i % blocks.Size);
            }

            return pivots;
        }
    }
}

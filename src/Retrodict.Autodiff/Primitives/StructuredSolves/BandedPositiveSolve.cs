using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// X = A^-1 B for a symmetric positive definite band matrix given by its lower diagonals [..., bandwidth + 1, n] and its factor (see
/// <see cref="BandedCholesky"/>), and B [..., n, columns]. dA X is two banded products: the lower triangle's, and the transposed one's
/// without the diagonal.
/// </summary>
internal sealed record BandedPositiveSolve() : SharedSolve(FactorCount: 1)
{
    public static readonly BandedPositiveSolve Instance = new();

    protected override string PlainName => "banded-positive-solve";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 3, operands);
        BandedProduct.RequireBand(Name, operands[0], operands[2]);
        return operands[2];
    }

    protected override SharedSolve Transposed => this;

    protected override Value Change(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> matrices, Value result)
    {
        Value diagonals = matrices[0]!;
        Value lower = Value.Emit(new BandedProduct(Upper: 0, IsTransposed: false, HasStrongZeros: true), diagonals, result);
        int width = diagonals.Shape[-2];
        return width == 1
            ? lower
            : lower + Value.Emit(
                new BandedProduct(Upper: -1, IsTransposed: true, HasStrongZeros: true), diagonals.Slice(-2, 1, width), result);
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new BandedPositiveStep<T>(storage, storage.OperandShapes[0][-1], storage.OperandShapes[0][-2], storage.ResultShapes[0][-1],
        HasStrongZeros);

    private sealed class BandedPositiveStep<T>(Storage storage, int n, int width, int columns, bool strong)
        : StackStep<T>(storage, 2, 4.0 * n * width * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> result = Write(workspace, 0, index);
            Read(workspace, 2, index).CopyTo(result);
            BandedCholeskyFactorization.Solve(Read(workspace, 1, index), n, width, result, columns);
            if (strong)
            {
                ZeroRightSides.Clear(Read(workspace, 2, index), result, columns);
            }
        }
    }
}

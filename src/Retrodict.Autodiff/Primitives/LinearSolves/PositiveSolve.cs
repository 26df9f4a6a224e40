using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// X = A^-1 B for symmetric positive definite A [..., n, n] with its Cholesky factor given, and B [..., n, columns]. The kernel reads the
/// factor alone; A is an operand so that derivatives flow through it and not through the factorization: dX = A^-1 (dB - dA X), with the
/// same factor. Linear in B and its own transpose. Strong zeros are those of <see cref="SharedSolve"/>.
/// </summary>
internal sealed record PositiveSolve(bool HasStrongZeros = false) : SingleResult
{
    public static readonly PositiveSolve Instance = new();

    private static readonly PositiveSolve _strong = new(HasStrongZeros: true);

    public override string Name => HasStrongZeros ? "chain-positive-solve" : "positive-solve";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 3, operands);
        LinearSystem.RequireSystem(Name, operands[0], operands[2]);
        LinearSystem.RequireSystem(Name, operands[1], operands[2]);
        return operands[2];
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value? right = tangents[2];
        if (tangents[0] is { } matrix)
        {
            Value change = Value.ChainMatMul(matrix, result);
            right = right is null ? -change : right - change;
        }

        return right is null ? null : Value.Emit(_strong, operands[0], operands[1], right);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operand == 2 && operands[0] is { } matrix && operands[1] is { } factor
            ? Value.Emit(_strong, matrix, factor, cotangent)
            : base.Cotangent(operand, operands, shapes, cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        Value factor = operands[1];
        return batched[0] || batched[1]
            ? Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size))
            : LinearSystem.BatchColumns(operands[2], operands[0], system => Value.Emit(this, system[0], factor, system[1]));
    }

    public override Step<T> Compile<T>(Storage storage) => new PositiveStep<T>(storage, HasStrongZeros);

    private sealed class PositiveStep<T>(Storage storage, bool strong) : SolveStep<T>(storage, factor: 1, sweeps: 2, strong)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Solve(StridedMatrix<T> factor, StridedMatrix<T> right, int columns, Span<T> scratch)
        {
            TriangularSolve.InPlace(N, factor, lower: true, right, columns, unitDiagonal: false, scratch);
            TriangularSolve.InPlace(N, factor.Transposed, lower: false, right, columns, unitDiagonal: false, scratch);
        }
    }
}

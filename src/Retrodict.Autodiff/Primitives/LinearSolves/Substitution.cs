using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Solves op(L) X = B for triangular matrices [..., n, n] and right sides [..., n, columns]; op is the identity or the transpose, and only
/// the named triangle is read. Linear in B; for L, op(L) dX = dB - op(dL) X. Strong zeros are those of <see cref="SharedSolve"/>.
/// </summary>
internal sealed record Substitution(bool IsLower, bool IsTransposed, bool HasStrongZeros = false) : SingleResult
{
    public override string Name => HasStrongZeros ? "chain-triangular-solve" : "triangular-solve";

    public override string Describe() => $"{Name}[{(IsLower ? "lower" : "upper")}{(IsTransposed ? ", transposed" : "")}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 2, operands);
        LinearSystem.RequireSystem(Name, operands[0], operands[1]);
        return operands[1];
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value? right = tangents[1];
        if (tangents[0] is { } matrix)
        {
            int n = matrix.Shape[-1];
            Value pattern = Cholesky.Triangle(n, 1, 1);
            Value triangle = Value.Select(IsLower ? pattern : pattern.Permute(), matrix, 0);
            Value change = Value.ChainMatMul(IsTransposed ? LinearSystem.Transpose(triangle) : triangle, result);
            right = right is null ? -change : right - change;
        }

        return Value.Emit(this with { HasStrongZeros = true }, operands[0], right!);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operand == 1 && operands[0] is { } matrix
            ? Value.Emit(this with { IsTransposed = !IsTransposed, HasStrongZeros = true }, matrix, cotangent)
            : base.Cotangent(operand, operands, shapes, cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        batched[0]
            ? Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size))
            : LinearSystem.BatchColumns(operands[1], operands[0], right => Value.Emit(this, right[0], right[1]));

    public override Step<T> Compile<T>(Storage storage) => new TriangularStep<T>(storage, this);

    private sealed class TriangularStep<T>(Storage storage, Substitution form)
        : SolveStep<T>(storage, factor: 0, sweeps: 1, form.HasStrongZeros)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Solve(StridedMatrix<T> factor, StridedMatrix<T> right, int columns, Span<T> scratch) =>
            TriangularSolve.InPlace(
                N, form.IsTransposed ? factor.Transposed : factor, form.IsLower != form.IsTransposed, right, columns, unitDiagonal: false,
                scratch);
    }
}

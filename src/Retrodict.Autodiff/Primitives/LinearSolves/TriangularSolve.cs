using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Solves op(L) X = B for triangular matrices [..., n, n] and right sides [..., n, columns]; op is the identity or the transpose, and only the named
/// triangle is read. Linear in B; for L, op(L) dX = dB - op(dL) X.
/// </summary>
internal sealed record TriangularSolve(bool IsLower, bool IsTransposed) : SingleResult
{
    public override string Name => "triangular-solve";

    public override string Describe() => $"triangular-solve[{(IsLower ? "lower" : "upper")}{(IsTransposed ? ", transposed" : "")}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 2, operands);
        RequireSystem(Name, operands[0], operands[1]);
        return operands[1];
    }

    public static void RequireSystem(string user, Shape matrix, Shape right)
    {
        Cholesky.RequireSquare(user, matrix);
        if (right.Rank != matrix.Rank || !right.Lengths[..^1].SequenceEqual(matrix.Lengths[..^1]))
        {
            throw new ShapeException($"{user}: a matrix {matrix} needs right sides {Shape.Format(matrix.Lengths[..^1])[..^1]}, columns], but their shape is {right}.");
        }
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value? right = tangents[1];
        if (tangents[0] is { } matrix)
        {
            int n = matrix.Shape[-1];
            Value pattern = Cholesky.Triangle(n, 1, 1);
            Value triangle = Value.Select(IsLower ? pattern : pattern.Permute(), matrix, 0);
            Value change = Value.MatMul(IsTransposed ? Transpose(triangle) : triangle, result);
            right = right is null ? -change : right - change;
        }

        return Value.Emit(this, operands[0], right!);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operand == 1 && operands[0] is { } matrix
            ? Value.Emit(this with { IsTransposed = !IsTransposed }, matrix, cotangent)
            : base.Cotangent(operand, operands, shapes, cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        batched[0]
            ? Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size))
            : BatchColumns(operands[1], operands[0], right => Value.Emit(this, right[0], right[1]));

    /// <summary>One matrix with many batched right sides: the batch joins the columns, and the system is solved once.</summary>
    public static Value BatchColumns(Value right, Value matrix, Func<Value[], Value> solve)
    {
        Shape shape = right.Shape;
        int rank = shape.Rank;
        int[] toColumns = [.. Enumerable.Range(1, rank - 1), 0];
        int[] fromColumns = [rank - 1, .. Enumerable.Range(0, rank - 1)];
        Value moved = right.Permute(toColumns);
        Value columns = moved.Reshape(Shape.Of([.. shape.Lengths[1..^1], shape[-1] * shape[0]]));
        Value solved = solve([matrix, columns]);
        return solved.Reshape(Shape.Of([.. solved.Shape.Lengths[..^1], shape[-1], shape[0]])).Permute(fromColumns);
    }

    public static Value Transpose(Value matrix)
    {
        int rank = matrix.Rank;
        int[] order = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        return matrix.Permute(order);
    }

    public override Step<T> Compile<T>(Storage storage) => new TriangularStep<T>(storage, this);

    private sealed class TriangularStep<T>(Storage storage, TriangularSolve form) : SolveStep<T>(storage, factor: 0, sweeps: 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Solve(StridedMatrix<T> factor, StridedMatrix<T> right, int columns, Span<T> scratch) =>
            LinearAlgebra.TriangularSolve.InPlace(
                N, form.IsTransposed ? factor.Transposed : factor, form.IsLower != form.IsTransposed, right, columns, unitDiagonal: false, scratch);
    }
}

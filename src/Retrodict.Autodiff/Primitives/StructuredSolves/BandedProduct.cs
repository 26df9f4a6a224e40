using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A X, or A^T X, for a band matrix given by its diagonals [..., width, n] (a_{j+r-Upper, j} stands at (r, j); elements outside the matrix
/// are not read) and X [..., n, columns]. Upper may be negative, for bands below the main diagonal. Linear in either operand; the
/// transposes are this product and <see cref="BandedOuter"/>, with strong zeros as all products of derivative rules.
/// </summary>
internal sealed record BandedProduct(int Upper, bool IsTransposed, bool HasStrongZeros = false) : SingleResult
{
    public override string Name => HasStrongZeros ? "chain-banded-product" : "banded-product";

    public override string Describe() => $"{Name}[upper {Upper}{(IsTransposed ? ", transposed" : "")}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 2, operands);
        RequireBand(Name, operands[0], operands[1]);
        return operands[1];
    }

    public static void RequireBand(string user, Shape diagonals, Shape right)
    {
        if (diagonals.Rank < 2)
        {
            throw new ShapeException($"{user}: a band matrix is given by its diagonals [..., width, n], but their shape is {diagonals}.");
        }

        if (right.Rank != diagonals.Rank || right[-2] != diagonals[-1] || !right.Lengths[..^2].SequenceEqual(diagonals.Lengths[..^2]))
        {
            throw new ShapeException(
                $"{user}: diagonals {diagonals} need right sides {Shape.Format([.. diagonals.Lengths[..^2], diagonals[-1]])[..^1]}, "
                + $"columns], but their shape is {right}.");
        }
    }

    /// <summary>For row r of the diagonals, the columns of the matrix that it covers.</summary>
    public static (int Start, int End) Columns(int r, int upper, int n) => (Math.Clamp(upper - r, 0, n), Math.Clamp(n + upper - r, 0, n));

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        BandedProduct strong = this with { HasStrongZeros = true };
        Value? left = tangents[0] is { } diagonals ? Value.Emit(strong, diagonals, operands[1]) : null;
        Value? right = tangents[1] is { } change ? Value.Emit(strong, operands[0], change) : null;
        return left is null ? right : right is null ? left : left + right;
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        (operand, operands[1 - operand]) switch
    {
        (1, { } diagonals) => Value.Emit(this with { IsTransposed = !IsTransposed, HasStrongZeros = true }, diagonals, cotangent),
        (0, { } x) => Value.Emit(
            new BandedOuter(Upper, shapes[0][-2], HasStrongZeros: true), IsTransposed ? [x, cotangent] : [cotangent, x]),
        _ => base.Cotangent(operand, operands, shapes, cotangent),
    };

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        batched[0]
            ? Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size))
            : LinearSystem.BatchColumns(operands[1], operands[0], x => Value.Emit(this, x[0], x[1]));

    public override Step<T> Compile<T>(Storage storage) =>
        new BandedProductStep<T>(storage, storage.OperandShapes[0][-2], storage.OperandShapes[0][-1], storage.ResultShapes[0][-1], this);

    private sealed unsafe class BandedProductStep<T>(Storage storage, int width, int n, int columns, BandedProduct form)
        : StackStep<T>(storage, 2, 2.0 * width * n * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> result = Write(workspace, 0, index);
            result.Clear();
            fixed (T* d = Read(workspace, 0, index), x = Read(workspace, 1, index), y = result)
            {
                for (int r = 0; r < width; r++)
                {
                    (int start, int end) = Columns(r, form.Upper, n);
                    int shift = r - form.Upper;
                    (int from, int to) = form.IsTransposed ? (shift, 0) : (0, shift);
                    if (columns == 1)
                    {
                        VectorLoops.AddProduct(end - start, d + (r * n) + start, x + start + from, y + start + to);
                        continue;
                    }

                    for (int j = start; j < end; j++)
                    {
                        VectorLoops.AddMultiple(columns, d[(r * n) + j], x + ((j + from) * columns), y + ((j + to) * columns));
                    }
                }

                bool mend = form.HasStrongZeros && Finiteness.HasNaN<T>(result);
                for (int i = 0; mend && i < n * columns; i++)
                {
                    if (T.IsNaN(y[i]))
                    {
                        y[i] = Element(d, x + (i % columns), i / columns, y[i]);
                    }
                }
            }
        }

        /// <summary>A row of the band times a column.</summary>
        private T Element(T* diagonals, T* x, int row, T plain)
        {
            var sum = default(StrongSum<T>);
            for (int r = 0; r < width && !sum.IsDecided; r++)
            {
                (int start, int end) = Columns(r, form.Upper, n);
                int shift = r - form.Upper;
                int j = form.IsTransposed ? row : row - shift;
                if (j >= start && j < end)
                {
                    sum.Add(diagonals[(r * n) + j], x[(form.IsTransposed ? j + shift : j) * columns]);
                }
            }

            return sum.Or(plain);
        }
    }
}

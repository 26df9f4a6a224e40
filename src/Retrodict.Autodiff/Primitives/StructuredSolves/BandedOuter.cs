using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The band of U X^T as diagonals [..., Width, n]: the inner product of row j + r - Upper of U [..., n, columns] with row j of X at (r, j),
/// and 0 outside the matrix. What <see cref="BandedProduct"/> is transposed to by its diagonals; linear in either operand.
/// </summary>
internal sealed record BandedOuter(int Upper, int Width, bool HasStrongZeros = false) : SingleResult
{
    public override string Name => HasStrongZeros ? "chain-banded-outer" : "banded-outer";

    public override string Describe() => $"{Name}[upper {Upper}, width {Width}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 2, operands);
        if (operands[0].Rank < 2 || operands[0] != operands[1])
        {
            throw new ShapeException($"{Name}: the shapes {operands[0]} and {operands[1]} must be equal, [..., n, columns].");
        }

        return Shape.Of([.. operands[0].Lengths[..^2], Width, operands[0][-2]]);
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        BandedOuter strong = this with { HasStrongZeros = true };
        Value? left = tangents[0] is { } u ? Value.Emit(strong, u, operands[1]) : null;
        Value? right = tangents[1] is { } x ? Value.Emit(strong, operands[0], x) : null;
        return left is null ? right : right is null ? left : left + right;
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operands[1 - operand] is { } other
            ? Value.Emit(new BandedProduct(Upper, IsTransposed: operand == 1, HasStrongZeros: true), cotangent, other)
            : base.Cotangent(operand, operands, shapes, cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size));

    public override Step<T> Compile<T>(Storage storage) =>
        new BandedOuterStep<T>(storage, storage.OperandShapes[0][-2], storage.OperandShapes[0][-1], this);

    private sealed unsafe class BandedOuterStep<T>(Storage storage, int n, int columns, BandedOuter form)
        : StackStep<T>(storage, 2, 2.0 * form.Width * n * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> result = Write(workspace, 0, index);
            result.Clear();
            fixed (T* u = Read(workspace, 0, index), x = Read(workspace, 1, index), g = result)
            {
                for (int r = 0; r < form.Width; r++)
                {
                    (int start, int end) = BandedProduct.Columns(r, form.Upper, n);
                    int shift = r - form.Upper;
                    if (columns == 1)
                    {
                        VectorLoops.AddProduct(end - start, u + start + shift, x + start, g + (r * n) + start);
                        continue;
                    }

                    for (int j = start; j < end; j++)
                    {
                        g[(r * n) + j] = VectorLoops.Dot(columns, u + ((j + shift) * columns), x + (j * columns));
                    }
                }

                bool mend = form.HasStrongZeros && Finiteness.HasNaN<T>(result);
                for (int i = 0; mend && i < form.Width * n; i++)
                {
                    if (T.IsNaN(g[i]))
                    {
                        (int r, int j) = Math.DivRem(i, n);
                        g[i] = StrongProduct.Element(columns, u + ((j + r - form.Upper) * columns), 1, x + (j * columns), 1, g[i]);
                    }
                }
            }
        }
    }
}

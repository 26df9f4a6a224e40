using System.Numerics;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Computes a span of results from spans of up to three operands. An operand of one element stands for that element everywhere. The result may be one of
/// the operands. An element's bits depend neither on its position nor on the length.
/// </summary>
internal delegate void TileKernel<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> result);

/// <summary>A primitive that treats every element alike: operands and result share one shape.</summary>
internal abstract record Elementwise : SingleResult
{
    /// <summary>The number of operands, 1 to 3.</summary>
    public abstract int Arity { get; }

    /// <summary>Floating-point operations an element, for the plan's count; a function such as exp counts as about ten.</summary>
    public virtual int Cost => 1;

    public abstract TileKernel<T> Kernel<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;

    public sealed override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, Arity, operands);
        foreach (Shape shape in operands[1..])
        {
            if (shape != operands[0])
            {
                throw new ShapeException($"{Name}: the shapes {operands[0]} and {shape} differ.");
            }
        }

        return operands[0];
    }

    public sealed override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        var full = new Value[operands.Length];
        for (int i = 0; i < full.Length; i++)
        {
            full[i] = WithBatchAxis(operands[i], batched[i], size);
        }

        return Value.Emit(this, full);
    }

    public sealed override Step<T> Compile<T>(Storage storage) => throw new InvalidOperationException("Elementwise nodes are run by the program of their group.");
}

using System.Numerics;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>A primitive that treats every element alike: operands and result share one shape.</summary>
internal abstract record Elementwise : SingleResult
{
    /// <summary>The number of operands, 1 to 3.</summary>
    public abstract int Arity { get; }

    /// <summary>Floating-point operations an element, for the plan's count; a function such as exp counts as about ten.</summary>
    public virtual int Cost => 1;

    public abstract TileKernel<T> Kernel<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>A faster kernel with the same bits for operands that are finite, if there is one.</summary>
    public virtual TileKernel<T>? FiniteKernel<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => null;

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

    public sealed override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size));

    public sealed override Step<T> Compile<T>(Storage storage) =>
        throw new InvalidOperationException("Elementwise nodes are run by the program of their group.");
}

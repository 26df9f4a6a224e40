using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Repeats a tensor along new axes: axis i of the operand becomes axis <c>Axes[i]</c> of the result, all other axes are new.
/// </summary>
internal sealed record Broadcast(Shape Target, Indices Axes) : Linear
{
    public override string Name => "broadcast";

    public override string Describe() => $"broadcast[axes {Axes}]";

    /// <summary>The axes that are new.</summary>
    public Indices NewAxes
    {
        get
        {
            Indices axes = Axes;
            return Indices.Of(Enumerable.Range(0, Target.Rank).Where(i => !axes.Contains(i)).ToArray());
        }
    }

    /// <summary>Gives the operands that lack the batch axis one.</summary>
    public static Value[] WithBatchAxis(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        Value[] full = operands.ToArray();
        for (int i = 0; i < full.Length; i++)
        {
            if (!batched[i])
            {
                Value operand = full[i];
                full[i] = Value.Emit(new Broadcast(operand.Shape.Prepend(size), Indices.Generate(operand.Rank, axis => axis + 1)), operand);
            }
        }

        return full;
    }

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        bool fits = operands[0].Rank == Axes.Count;
        for (int i = 0; fits && i < Axes.Count; i++)
        {
            fits = Axes[i] >= 0 && Axes[i] < Target.Rank && Target[Axes[i]] == operands[0][i] && (i == 0 || Axes[i] > Axes[i - 1]);
        }

        return fits ? Target : throw new ShapeException($"broadcast: {operands[0]} does not fit the axes {Axes} of {Target}.");
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        NewAxes.Count == 0 ? cotangent : Value.Emit(new Sum(NewAxes), cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(new Broadcast(Target.Prepend(size), Axes.Select(a => a + 1).Prepend(0)), operands);

    public override Step<T> Compile<T>(Storage storage)
    {
        int[] from = storage.OperandShapes[0].Strides();
        Indices axes = Axes;
        var strides = Indices.Generate(Target.Rank, axis => axes.IndexOf(axis) is >= 0 and var i ? from[i] : 0);
        return new CopyStep<T>(storage, [new CopyRegion(0, Target, 0, strides, 0, Indices.Of(Target.Strides()))]);
    }
}

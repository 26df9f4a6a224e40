namespace Retrodict.Autodiff.Primitives;

/// <summary>What the reductions share.</summary>
internal static class Reduction
{
    public static Shape InferShape(string name, Indices axes, ReadOnlySpan<Shape> operands)
    {
        foreach (int axis in axes)
        {
            if (axis < 0 || axis >= operands[0].Rank)
            {
                throw new ShapeException($"{name}: axis {axis} does not exist in the shape {operands[0]}.");
            }
        }

        return operands[0].Without(axes);
    }

    /// <summary>Gives a reduced value its axes back, repeated along those summed over.</summary>
    public static Value Restore(Value reduced, Shape shape, Indices axes)
    {
        var kept = Indices.Of(Enumerable.Range(0, shape.Rank).Where(axis => !axes.Contains(axis)).ToArray());
        return kept.Count == shape.Rank ? reduced : Value.Emit(new Broadcast(shape, kept), reduced);
    }

    /// <summary>
    /// Splits a reduction over axes that are not neighbors into reductions over runs of neighbors, last run first; null if it is one run.
    /// </summary>
    public static Value[]? OneRunOfAxes(Value operand, Indices axes, Func<Indices, Primitive> reduce)
    {
        int last = axes.Count - 1;
        int start = last;
        while (start > 0 && axes[start - 1] == axes[start] - 1)
        {
            start--;
        }

        if (start <= 0)
        {
            return null;
        }

        Value inner = Value.Emit(reduce(Indices.Of(axes.Span[start..])), operand);
        return [Value.Emit(reduce(Indices.Of(axes.Span[..start])), inner)];
    }
}

using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Batches of instances of a primitive that carries an iteration: each instance runs on its own and stops when it has converged, so a batch
/// is a count, and a flag for each operand that says whether it has one tensor an instance or one for all.
/// </summary>
internal static class Instances
{
    /// <summary>The count of a primitive that is not batched.</summary>
    public const int One = -1;

    /// <summary>Shape of an operand or result.</summary>
    public static Shape Of(Shape shape, int batch, bool flagged) => batch >= 0 && flagged ? shape.Prepend(batch) : shape;

    /// <summary>Adds a sample axis to a primitive that may already have one: both together become one axis.</summary>
    /// <returns>The operands, the count of instances, and the flags.</returns>
    public static (Value[] Operands, int Batch, Indices Flags) Merge(
        ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size, int batch, Indices flags)
    {
        int inner = batch >= 0 ? batch : 1;
        var merged = new Value[operands.Length];
        var all = new int[operands.Length];
        for (int i = 0; i < merged.Length; i++)
        {
            bool had = batch >= 0 && flags[i] == 1;
            all[i] = had || batched[i] ? 1 : 0;
            merged[i] = operands[i];
            if (all[i] == 0)
            {
                continue;
            }

            ReadOnlySpan<int> own = operands[i].Shape.Lengths[((batched[i] ? 1 : 0) + (had ? 1 : 0))..];
            Value value = operands[i];
            if (batch >= 0)
            {
                value = batched[i] && had ? value
                    : had ? value.BroadcastTo(value.Shape.Prepend(size))
                    : value.Reshape(Shape.Of([size, 1, .. own])).BroadcastTo(Shape.Of([size, inner, .. own]));
            }

            merged[i] = value.Reshape(Shape.Of([size * inner, .. own]));
        }

        return (merged, size * inner, Indices.Of(all));
    }

    /// <summary>Takes the sample axis apart again.</summary>
    public static Value Split(Value result, int size, int batch) =>
        batch >= 0 ? result.Reshape(Shape.Of([size, batch, .. result.Shape.Lengths[1..]])) : result;

    /// <summary>Applies a function of single instances to operands of a batch.</summary>
    public static Value[] Apply(Function function, int batch, ReadOnlySpan<bool> flags, params ReadOnlySpan<Value> operands) =>
        batch < 0 ? function.Apply(operands) : Batching.Batch(function, batch, flags.ToArray()).Apply(operands);
}

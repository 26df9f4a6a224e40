using System.Numerics;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// An operation of the graph with its attributes. Each primitive is one file: its name, its shape rule, its single derivative rule, its
/// batching rule and its kernel. Rules are written with other primitives, so every transform composes with itself and with the others.
/// Primitives are values: two with equal attributes are equal, which common-subexpression elimination relies on.
/// </summary>
internal abstract record Primitive
{
    /// <summary>The name it prints under.</summary>
    public abstract string Name { get; }

    /// <summary>The name with the attributes.</summary>
    public virtual string Describe() => Name;

    /// <summary>Whether it is a product, which the elementwise nodes that read its result join if they can.</summary>
    public virtual bool TakesEpilogue => false;

    /// <summary>Whether a node of constants is computed when a program is simplified.</summary>
    public virtual bool IsFolded => true;

    /// <summary>Whether its derivative has a Jacobian-vector product.</summary>
    public virtual bool HasForward => true;

    /// <summary>Whether its derivative has a vector-Jacobian product.</summary>
    public virtual bool HasReverse => true;

    /// <summary>The programs it carries; none for ordinary primitives.</summary>
    public virtual IEnumerable<Function> Bodies => [];

    /// <summary>The shape rule: checks the operands and gives the results' shapes.</summary>
    /// <exception cref="ShapeException">The operands do not fit; the message says why.</exception>
    public abstract Shape[] InferShapes(ReadOnlySpan<Shape> operands);

    /// <summary>
    /// The forward derivative: tangents of the results from tangents of the operands. A null tangent is structurally zero; at least one is
    /// not null.
    /// </summary>
    public abstract Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents);

    /// <summary>Results together with their tangents. Primitives that carry a body compute both at once.</summary>
    public virtual (Value[] Results, Value?[] Tangents) Forward(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> tangents)
    {
        Value[] results = Value.EmitAll(this, operands);
        return (results, Jvp(operands, results, tangents));
    }

    /// <summary>
    /// Splits a node whose operands are partly linear into nodes that are either known or linear, so that the linear ones can be
    /// transposed, and says which results are linear; null, for ordinary primitives, leaves the node, whose results are then all linear.
    /// </summary>
    public virtual Value[]? Separate(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> linear, out bool[]? resultsLinear)
    {
        resultsLinear = null;
        return null;
    }

    /// <summary>
    /// The primitive without results that nobody needs; null, for ordinary primitives, leaves the node.
    /// </summary>
    public virtual Pruned? Prune(ReadOnlySpan<bool> needed) => null;

    /// <summary>
    /// The transpose with respect to the operands that are null (the linear ones; the others are known values): their cotangents from the
    /// results' cotangents, of which at least one is not null.
    /// </summary>
    public virtual Value?[] Transpose(ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, ReadOnlySpan<Value?> cotangents) =>
        throw new InvalidOperationException(
            $"'{Name}' is not linear, so it has no transpose. Transpose a linearized function, or use Vjp.");

    /// <summary>The batching rule: at least one operand carries a new first axis of the given length, and so do all results.</summary>
    public abstract Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size);

    /// <summary>Rewrites the node into primitives that have kernels; null when it has one itself.</summary>
    public virtual Value[]? Lower(ReadOnlySpan<Value> operands) => null;

    /// <summary>The kernel for one element type, bound to the storage of operands and results.</summary>
    public abstract Step<T> Compile<T>(Storage storage)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// A primitive with fewer results: which operands it still takes, and which of the old results it still gives, in order.
    /// </summary>
    public sealed record Pruned(Primitive Primitive, int[] Operands, int[] Results);

    /// <inheritdoc/>
    public sealed override string ToString() => Describe();
}

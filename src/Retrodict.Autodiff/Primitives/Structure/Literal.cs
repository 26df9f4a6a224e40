using System.Globalization;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A constant tensor. Equal literals are equal by content; they hold doubles, which each plan converts once to its element type.
/// </summary>
internal sealed record Literal : SingleResult
{
    private readonly int _hash;

    public Literal(double[] elements, Shape shape)
    {
        Elements = elements;
        Shape = shape;
        var hash = new HashCode();
        hash.Add(shape);
        hash.AddBytes(MemoryMarshal.AsBytes(elements.AsSpan()));
        _hash = hash.ToHashCode();
    }

    public double[] Elements { get; }

    public Shape Shape { get; }

    public override string Name => "constant";

    public override string Describe() =>
        Shape.Rank == 0 ? string.Create(CultureInfo.InvariantCulture, $"constant[{Elements[0]}]") : $"constant[{Shape}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands) => Shape;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) => null;

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        throw new InvalidOperationException("A constant has no operands to batch.");

    public override Step<T> Compile<T>(Storage storage) =>
        throw new InvalidOperationException("Constants are stored with the plan, not computed.");

    // Bits are compared, so that 0 and -0 stay apart and NaN equals itself.
    public bool Equals(Literal? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Shape == other.Shape
            && MemoryMarshal.AsBytes(Elements.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(other.Elements.AsSpan())));

    public override int GetHashCode() => _hash;
}

using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// General contraction of two tensors: every axis carries a label; labels in both operands and not in the result are summed over, labels in
/// both and in the result are batch axes, the others are free. A label stands at most once in a tensor, and one that only one operand has
/// stands in the result. This set is closed: the transpose for an operand is the contraction of the cotangent with the other operand, and
/// batching adds one label. Derivative rules make contractions with strong zeros, the sums of <see cref="ChainMultiply"/>.
/// </summary>
internal sealed record Contract(Indices Left, Indices Right, Indices Result, bool HasStrongZeros = false) : SingleResult
{
    public override string Name => HasStrongZeros ? "chain-contract" : "contract";

    public override string Describe() => $"{Name}[{Letters(Left)},{Letters(Right)}->{Letters(Result)}]";

    /// <summary>Emits a contraction with its labels numbered by first appearance.</summary>
    public static Value Emit(
        string user, Value left, Indices leftLabels, Value right, Indices rightLabels, Indices resultLabels,
        bool hasStrongZeros = false)
    {
        Check(user, left.Shape, leftLabels, right.Shape, rightLabels, resultLabels);
        return Value.Emit(Numbered(leftLabels, rightLabels, resultLabels, hasStrongZeros), left, right);
    }

    /// <summary>Labels numbered by first appearance, so that equal contractions are equal primitives.</summary>
    public static Contract Numbered(Indices leftLabels, Indices rightLabels, Indices resultLabels, bool hasStrongZeros)
    {
        var numbers = new Dictionary<int, int>();
        foreach (int label in (ReadOnlySpan<int>)[.. leftLabels.Span, .. rightLabels.Span])
        {
            numbers.TryAdd(label, numbers.Count);
        }

        return new Contract(
            leftLabels.Select(l => numbers[l]), rightLabels.Select(l => numbers[l]), resultLabels.Select(l => numbers[l]), hasStrongZeros);
    }

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 2, operands);
        Check(Describe(), operands[0], Left, operands[1], Right, Result);
        Shape left = operands[0];
        Shape right = operands[1];
        return Shape.Of(Result.Select(label => Left.IndexOf(label) is >= 0 and var axis ? left[axis] : right[Right.IndexOf(label)]).Span);
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Contract strong = this with { HasStrongZeros = true };
        Value? left = tangents[0] is { } l ? Value.Emit(strong, l, operands[1]) : null;
        Value? right = tangents[1] is { } r ? Value.Emit(strong, operands[0], r) : null;
        return left is null ? right : right is null ? left : left + right;
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        if (operands[1 - operand] is not { } other)
        {
            return base.Cotangent(operand, operands, shapes, cotangent);
        }

        return operand == 0
            ? Emit(Name, cotangent, Result, other, Right, Left, hasStrongZeros: true)
            : Emit(Name, other, Left, cotangent, Result, Right, hasStrongZeros: true);
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        // An operand without the batch axis keeps its shape: shared weights with batched samples are one product over all rows.
        const int Batch = -1;
        return Emit(
            Name,
            operands[0],
            batched[0] ? Left.Prepend(Batch) : Left,
            operands[1],
            batched[1] ? Right.Prepend(Batch) : Right,
            Result.Prepend(Batch),
            HasStrongZeros);
    }

    public override Value[]? Lower(ReadOnlySpan<Value> operands) => ContractionLayout.Lower(this, operands[0], operands[1]);

    public override bool TakesEpilogue => true;

    public override Step<T> Compile<T>(Storage storage) =>
        new ContractStep<T>(storage, ContractionLayout.Of(this, storage.OperandShapes[0], storage.OperandShapes[1]), HasStrongZeros);

    private static void Check(string user, Shape left, Indices leftLabels, Shape right, Indices rightLabels, Indices resultLabels)
    {
        if (left.Rank != leftLabels.Count || right.Rank != rightLabels.Count)
        {
            throw new ShapeException(
                $"{user}: the shapes {left} and {right} have {left.Rank} and {right.Rank} axes, but {leftLabels.Count} and "
                + $"{rightLabels.Count} are named.");
        }

        RequireDistinct(user, leftLabels);
        RequireDistinct(user, rightLabels);
        RequireDistinct(user, resultLabels);
        for (int axis = 0; axis < leftLabels.Count; axis++)
        {
            int label = leftLabels[axis];
            int other = rightLabels.IndexOf(label);
            if (other >= 0 && left[axis] != right[other])
            {
                throw new ShapeException(
                    $"{user}: the shapes {left} and {right} do not fit; axis {axis} of the left ({left[axis]}) meets axis {other} of "
                    + $"the right ({right[other]}).");
            }

            if (other < 0 && !resultLabels.Contains(label))
            {
                throw new ShapeException(
                    $"{user}: axis {axis} of the left, {left}, is neither in the right nor in the result; sum over it first.");
            }
        }

        for (int axis = 0; axis < rightLabels.Count; axis++)
        {
            if (!leftLabels.Contains(rightLabels[axis]) && !resultLabels.Contains(rightLabels[axis]))
            {
                throw new ShapeException(
                    $"{user}: axis {axis} of the right, {right}, is neither in the left nor in the result; sum over it first.");
            }
        }

        foreach (int label in resultLabels)
        {
            if (!leftLabels.Contains(label) && !rightLabels.Contains(label))
            {
                throw new ShapeException($"{user}: an axis of the result is in neither operand.");
            }
        }
    }

    private static void RequireDistinct(string user, Indices labels)
    {
        for (int i = 1; i < labels.Count; i++)
        {
            if (labels.Span[..i].Contains(labels[i]))
            {
                throw new ShapeException($"{user}: a tensor has two axes of one name; a diagonal cannot be taken here.");
            }
        }
    }

    private static string Letters(Indices labels) => string.Concat(labels.Select(l => l < 26 ? ((char)('a' + l)).ToString() : $"({l})"));
}

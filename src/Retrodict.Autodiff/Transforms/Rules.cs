using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Primitives;
using Rewriter = Retrodict.Autodiff.Transforms.Simplification.Rewriter;

namespace Retrodict.Autodiff.Transforms;

/// <summary>The algebra of simplification, one rule a case. A rule gives an equal value, or null to leave the node as it is.</summary>
internal static class Rules
{
    public static Value? Rewrite(Rewriter r, Primitive primitive, Value[] x) => primitive switch
    {
        Add => IsUniform(r, x[1], 0) ? x[0]
            : IsUniform(r, x[0], 0) ? x[1]
            : Opposite(r, x[1]) is { } y ? r.Emit(Subtract.Instance, x[0], y)
            : null,
        Subtract => IsPositiveZero(r, x[1]) ? x[0] : Opposite(r, x[1]) is { } y ? r.Emit(Primitives.Add.Instance, x[0], y) : null,
        Negate => Opposite(r, x[0]),
        Multiply => Product(r, x),
        ChainMultiply => ChainProduct(r, x),
        StrongMultiply => HasNoZeros(r, x[0]) || HasNoZeros(r, x[1]) ? r.Emit(Multiply.Instance, x) : null,
        Divide => IsUniform(r, x[1], 1) ? x[0] : null,
        Power => IsUniform(r, x[1], 1) ? x[0]
            : IsUniform(r, x[1], 2) ? r.Emit(Multiply.Instance, x[0], x[0])
            : IsUniform(r, x[1], -1) ? r.Emit(Reciprocal.Instance, x[0]) : null,
        Select => Uniform(r, x[0]) is { } mask ? (mask != 0 ? x[1] : x[2]) : x[1].Number == x[2].Number ? x[1] : null,
        StopGradient => Producer<StopGradient>(r, x[0]) is not null || Producer<Literal>(r, x[0]) is not null ? x[0] : null,
        ChangeShape reshape => reshape.Target == x[0].Shape ? x[0]
            : Producer<ChangeShape>(r, x[0]) is { } inner ? r.Emit(reshape, inner.Operands[0]) : null,
        Permute permute => Permutation(r, permute, x[0]),
        Broadcast broadcast => Stretch(r, broadcast, x[0]),
        Reverse reverse => reverse.Axes.Count == 0 ? x[0]
            : Producer<Reverse>(r, x[0]) is { } twice && twice.Primitive.Equals(reverse) ? twice.Operands[0] : null,
        Slice => primitive.InferShapes([x[0].Shape])[0] == x[0].Shape ? x[0] : null,
        Pad pad => pad.Before.Concat(pad.After).All(n => n == 0) && primitive.InferShapes([x[0].Shape])[0] == x[0].Shape ? x[0] : null,
        Sum sum => Summation(r, sum, x[0]),
        Max max => max.Axes.All(axis => x[0].Shape[axis] == 1) ? r.Emit(new ChangeShape(x[0].Shape.Without(max.Axes)), x[0]) : null,
        Contract { HasStrongZeros: true } contract when HasNoZeros(r, x[0]) || HasNoZeros(r, x[1]) =>
            r.Emit(contract with { HasStrongZeros = false }, x),
        Convolve { HasStrongZeros: true } convolution when HasNoZeros(r, x[0]) || HasNoZeros(r, x[1]) =>
            r.Emit(convolution with { HasStrongZeros = false }, x),
        Contract contract => WithIdentity(r, contract, x, 0) ?? WithIdentity(r, contract, x, 1)
            ?? OfPermuted(r, contract, x, 0) ?? OfPermuted(r, contract, x, 1),
        Convolve convolution => OfPermuted(r, convolution, x, 0) ?? OfPermuted(r, convolution, x, 1),
        _ => null,
    };

    /// <summary>The number that a value holds everywhere, if it is such a constant.</summary>
    private static double? Uniform(Rewriter r, Value value)
    {
        if (Producer<Broadcast>(r, value) is { } broadcast)
        {
            value = broadcast.Operands[0];
        }

        return Producer<Literal>(r, value) is { Primitive: Literal { Elements: [var element] } } ? element : null;
    }

    /// <summary>
    /// Whether a value is a constant without zeros, infinities and NaN, in float too: beside it, zeros need not be strong.
    /// </summary>
    private static bool HasNoZeros(Rewriter r, Value value)
    {
        if (Producer<Broadcast>(r, value) is { } broadcast)
        {
            value = broadcast.Operands[0];
        }

        return Producer<Literal>(r, value) is { Primitive: Literal literal } && Array.TrueForAll(literal.Elements, IsPlain);

        static bool IsPlain(double element) => Math.Abs(element) is >= 1e-37 and <= 1e37;
    }

    private static bool IsUniform(Rewriter r, Value value, double number) => Uniform(r, value) == number;

    /// <summary>x - 0 is x to the last bit; x - (-0) is not where x is -0.</summary>
    private static bool IsPositiveZero(Rewriter r, Value value) =>
        Uniform(r, value) is { } number && number == 0 && double.IsPositive(number);

    private static (Primitive Primitive, Value[] Operands)? Producer<TPrimitive>(Rewriter r, Value value)
        where TPrimitive : Primitive => r.Producer(value) is { Primitive: TPrimitive } producer ? producer : null;

    private static Value? Opposite(Rewriter r, Value value) => Producer<Negate>(r, value)?.Operands[0];

    private static Value? Product(Rewriter r, Value[] x)
    {
        for (int i = 0; i < 2; i++)
        {
            if (IsUniform(r, x[i], 1))
            {
                return x[1 - i];
            }

            if (IsUniform(r, x[i], -1))
            {
                return r.Emit(Negate.Instance, x[1 - i]);
            }
        }

        return null;
    }

    private static Value? ChainProduct(Rewriter r, Value[] x)
    {
        for (int i = 0; i < 2; i++)
        {
            if (Uniform(r, x[i]) is { } number)
            {
                if (number == 0)
                {
                    return x[i];
                }

                if (double.IsFinite(number))
                {
                    return r.Emit(Multiply.Instance, x);
                }
            }
        }

        return null;
    }

    private static Value? Permutation(Rewriter r, Permute permute, Value x)
    {
        if (permute.Order.Equals(Indices.Range(x.Rank)))
        {
            return x;
        }

        // Moving axes of length one keeps the order of elements.
        int previous = -1;
        bool inOrder = true;
        foreach (int axis in permute.Order)
        {
            if (x.Shape[axis] != 1)
            {
                inOrder &= axis > previous;
                previous = axis;
            }
        }

        if (inOrder)
        {
            return r.Emit(new ChangeShape(permute.InferShape([x.Shape])), x);
        }

        return r.Producer(x) switch
        {
            (Permute inner, var of) => r.Emit(new Permute(permute.Order.Select(axis => inner.Order[axis])), of),
            (Identity, _) => x,
            (Broadcast inner, var of) => PermutedBroadcast(r, permute, inner, of[0]),

            // Rearranging pieces costs no more than rearranging the whole, and may meet constants.
            (Concatenate inner, var of) => r.Emit(
                new Concatenate(permute.Order.IndexOf(inner.Axis)), [.. of.Select(piece => r.Emit(permute, piece))]),
            (Elementwise inner, var of) when of.All(
                operand => r.Producer(operand) is { Primitive: Literal or Broadcast or Identity or Permute }) =>
                r.Emit(inner, [.. of.Select(operand => r.Emit(permute, operand))]),
            _ => null,
        };
    }

    private static Value? PermutedBroadcast(Rewriter r, Permute permute, Broadcast broadcast, Value of)
    {
        Indices axes = broadcast.Axes.Select(permute.Order.IndexOf);
        Indices order = Indices.Of(Enumerable.Range(0, axes.Count).OrderBy(i => axes[i]).ToArray());
        Shape target = permute.InferShape([broadcast.Target]);
        return r.Emit(new Broadcast(target, order.Select(i => axes[i])), r.Emit(new Permute(order), of));
    }

    private static Value? Stretch(Rewriter r, Broadcast broadcast, Value x)
    {
        if (broadcast.Target == x.Shape)
        {
            return x;
        }

        return Producer<Broadcast>(r, x) is { Primitive: Broadcast inner } producer
            ? r.Emit(new Broadcast(broadcast.Target, inner.Axes.Select(axis => broadcast.Axes[axis])), producer.Operands[0])
            : null;
    }

    private static Value? Summation(Rewriter r, Sum sum, Value x)
    {
        if (sum.Axes.All(axis => x.Shape[axis] == 1))
        {
            return r.Emit(new ChangeShape(x.Shape.Without(sum.Axes)), x);
        }

        // A batch axis of a contraction that is summed afterwards is summed inside it: a weight's gradient over all samples is one matrix
        // product.
        if (Producer<Contract>(r, x) is { Primitive: Contract contract } producer
            && sum.Axes.All(axis => contract.Left.Contains(contract.Result[axis]) && contract.Right.Contains(contract.Result[axis])))
        {
            var kept = Indices.Of(
                Enumerable.Range(0, x.Rank).Where(axis => !sum.Axes.Contains(axis)).Select(axis => contract.Result[axis]).ToArray());
            return r.Emit(contract with { Result = kept }, producer.Operands);
        }

        if (Producer<Convolve>(r, x) is { Primitive: Convolve convolution } convolved
            && sum.Axes.All(axis => convolution.Result[axis] is var label && label >= convolution.Windows
                && convolution.Left.Contains(label) && convolution.Right.Contains(label)))
        {
            var kept = Indices.Of(
                Enumerable.Range(0, x.Rank).Where(axis => !sum.Axes.Contains(axis)).Select(axis => convolution.Result[axis]).ToArray());
            return r.Emit(convolution with { Result = kept }, convolved.Operands);
        }

        return null;
    }

    /// <summary>A contraction with the identity renames an axis of the other operand.</summary>
    private static Value? WithIdentity(Rewriter r, Contract contract, Value[] x, int side)
    {
        if (Producer<Identity>(r, x[side]) is null)
        {
            return null;
        }

        Indices identity = side == 0 ? contract.Left : contract.Right;
        Indices other = side == 0 ? contract.Right : contract.Left;
        for (int i = 0; i < 2; i++)
        {
            (int summed, int renamed) = (identity[i], identity[1 - i]);
            if (other.Contains(summed) && !contract.Result.Contains(summed) && !other.Contains(renamed))
            {
                Indices labels = other.Select(label => label == summed ? renamed : label);
                return r.Emit(new Permute(contract.Result.Select(label => labels.IndexOf(label))), x[1 - side]);
            }
        }

        return null;
    }

    /// <summary>A permuted operand is read through its strides, if its axes still merge then.</summary>
    private static Value? OfPermuted(Rewriter r, Contract contract, Value[] x, int side)
    {
        if (Producer<Permute>(r, x[side]) is not { Primitive: Permute permute } producer)
        {
            return null;
        }

        Indices inverse = permute.Order.Inverse();
        Indices labels = side == 0 ? contract.Left : contract.Right;
        labels = inverse.Select(position => labels[position]);
        Value[] operands = side == 0 ? [producer.Operands[0], x[1]] : [x[0], producer.Operands[0]];
        Contract direct = side == 0
            ? Contract.Numbered(labels, contract.Right, contract.Result, contract.HasStrongZeros)
            : Contract.Numbered(contract.Left, labels, contract.Result, contract.HasStrongZeros);
        return ContractionLayout.IsDirect(direct, operands[0].Shape, operands[1].Shape) ? r.Emit(direct, operands) : null;
    }

    /// <summary>A convolution reads its operands through any strides.</summary>
    private static Value? OfPermuted(Rewriter r, Convolve convolution, Value[] x, int side)
    {
        if (Producer<Permute>(r, x[side]) is not { Primitive: Permute permute } producer)
        {
            return null;
        }

        Indices inverse = permute.Order.Inverse();
        Indices labels = side == 0 ? convolution.Left : convolution.Right;
        labels = inverse.Select(position => labels[position]);
        return side == 0
            ? r.Emit((convolution with { Left = labels }).Normalized(), producer.Operands[0], x[1])
            : r.Emit((convolution with { Right = labels }).Normalized(), x[0], producer.Operands[0]);
    }
}

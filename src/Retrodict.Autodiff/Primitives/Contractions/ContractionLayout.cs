using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// A contraction as a batch of strided matrix products: labels fall into four groups (batch, rows, columns, summed), and where the axes of
/// a group lie one behind the other in a tensor, they merge into one with a single stride.
/// </summary>
internal sealed record ContractionLayout
{
    private readonly Indices _batch;
    private readonly Indices _rows;
    private readonly Indices _columns;
    private readonly Indices _summed;

    private ContractionLayout(Contract contract, Shape left, Shape right)
    {
        Indices Group(Indices order, Func<int, bool> member) =>
            Indices.Of(order.Where(label => member(label) && Length(contract, left, right, label) != 1).ToArray());
        _batch = Group(contract.Result, label => contract.Left.Contains(label) && contract.Right.Contains(label));
        _rows = Group(contract.Result, label => !contract.Right.Contains(label));
        _columns = Group(contract.Result, label => !contract.Left.Contains(label));
        _summed = Group(contract.Left, label => !contract.Result.Contains(label));
        int Product(Indices group) => group.Aggregate(1, (product, label) => product * Length(contract, left, right, label));
        (Batch, Rows, Columns, Summed) = (Product(_batch), Product(_rows), Product(_columns), Product(_summed));
        Shape result = contract.InferShape([left, right]);
        Left = Strides.Of(contract.Left, left, _batch, _rows, _summed);
        Right = Strides.Of(contract.Right, right, _batch, _summed, _columns);
        Result = Strides.Of(contract.Result, result, _batch, _rows, _columns);
    }

    public int Batch { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Summed { get; }

    /// <summary>Strides of the left operand by batch, row and summed index; null where a group does not merge.</summary>
    public Strides? Left { get; }

    /// <summary>Strides of the right operand by batch, summed and column index.</summary>
    public Strides? Right { get; }

    /// <summary>Strides of the result by batch, row and column.</summary>
    public Strides? Result { get; }

    /// <summary>Whether every group merges in every tensor, so that nothing needs to be rearranged.</summary>
    private bool Direct => this is { Left: not null, Right: not null, Result: not null };

    /// <summary>Whether a contraction runs on its operands as they lie.</summary>
    public static bool IsDirect(Contract contract, Shape left, Shape right) => new ContractionLayout(contract, left, right).Direct;

    public static ContractionLayout Of(Contract contract, Shape left, Shape right) => new(contract, left, right);

    /// <summary>
    /// Brings tensors whose groups do not merge into the order [batch, rows, columns]; without summed labels, the product is elementwise.
    /// </summary>
    public static Value[]? Lower(Contract contract, Value left, Value right)
    {
        var layout = new ContractionLayout(contract, left.Shape, right.Shape);
        if (!contract.Left.Any(label => !contract.Result.Contains(label)))
        {
            Shape shape = contract.InferShape([left.Shape, right.Shape]);
            Value x = Spread(left, contract.Left, contract.Result, shape);
            Value y = Spread(right, contract.Right, contract.Result, shape);
            return [contract.HasStrongZeros ? Value.StrongMultiply(x, y) : x * y];
        }

        if (layout.Direct)
        {
            return null;
        }

        // Axes of length one are in no group and go to the end, where they disturb no stride.
        Indices leftLabels = layout.Left is null ? Ordered(contract.Left, layout._batch, layout._rows, layout._summed) : contract.Left;
        Indices rightLabels = layout.Right is null
            ? Ordered(contract.Right, layout._batch, layout._summed, layout._columns)
            : contract.Right;
        Indices resultLabels = layout.Result is null
            ? Ordered(contract.Result, layout._batch, layout._rows, layout._columns)
            : contract.Result;
        Value product = Contract.Emit(
            contract.Name, Reordered(left, contract.Left, leftLabels), leftLabels, Reordered(right, contract.Right, rightLabels),
            rightLabels, resultLabels, contract.HasStrongZeros);
        return [Reordered(product, resultLabels, contract.Result)];
    }

    private static int Length(Contract contract, Shape left, Shape right, int label) =>
        contract.Left.IndexOf(label) is >= 0 and var axis ? left[axis] : right[contract.Right.IndexOf(label)];

    private static Indices Ordered(Indices labels, params ReadOnlySpan<Indices> groups)
    {
        var order = new List<int>();
        foreach (Indices group in groups)
        {
            order.AddRange(group);
        }

        order.AddRange(labels.Where(label => !order.Contains(label)));
        return Indices.Of(order.ToArray());
    }

    private static Value Reordered(Value value, Indices from, Indices to) => value.Permute(to.Select(label => from.IndexOf(label)).Span);

    private static Value Spread(Value value, Indices labels, Indices result, Shape shape)
    {
        var order = Indices.Of(labels.OrderBy(label => result.IndexOf(label)).ToArray());
        Value ordered = Reordered(value, labels, order);
        return ordered.Shape == shape ? ordered : Value.Emit(new Broadcast(shape, order.Select(label => result.IndexOf(label))), ordered);
    }

    /// <summary>One stride for each of three groups of axes.</summary>
    public sealed record Strides(int First, int Second, int Third)
    {
        public static Strides? Of(Indices labels, Shape shape, Indices first, Indices second, Indices third)
        {
            int[] strides = shape.Strides();
            return Merged(first) is { } f && Merged(second) is { } s && Merged(third) is { } t ? new Strides(f, s, t) : null;

            int? Merged(Indices group)
            {
                for (int i = 0; i + 1 < group.Count; i++)
                {
                    int outer = labels.IndexOf(group[i]);
                    int inner = labels.IndexOf(group[i + 1]);
                    if (strides[outer] != strides[inner] * shape[inner])
                    {
                        return null;
                    }
                }

                return group.Count == 0 ? 1 : strides[labels.IndexOf(group[^1])];
            }
        }
    }
}

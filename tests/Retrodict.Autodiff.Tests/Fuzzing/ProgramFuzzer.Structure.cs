using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>Rearrangements and reductions.</content>
internal sealed partial class ProgramFuzzer
{
    private Bounded Rearranged(Bounded x)
    {
        Value v = x.Value;
        int rank = v.Rank;
        int axis = rank == 0 ? 0 : _random.Next(rank);
        int n = rank == 0 ? 0 : v.Shape[axis];
        if (rank == 0)
        {
            return new(_random.Next(2) == 0 ? v.BroadcastTo(RandomShape()) : v.Reshape(1, 1), x.Bound);
        }

        int[] order = [.. Enumerable.Range(0, rank)];
        _random.Shuffle(order);
        switch (_random.Next(14))
        {
            case 0:
                return new(v.Permute(order), x.Bound);
            case 1:
                return new(v.Flatten(), x.Bound);
            case 2:
                return new(v.Reshape(Shape.Of([.. v.Shape.Lengths[..axis], 1, .. v.Shape.Lengths[axis..]])), x.Bound);
            case 3:
                return new(v.Reshape(Shape.Of([.. v.Shape.Lengths[..axis], 1, .. v.Shape.Lengths[axis..]]))
                    .BroadcastTo(Shape.Of([.. v.Shape.Lengths[..axis], 2, .. v.Shape.Lengths[axis..]])), x.Bound);
            case 4:
                int start = _random.Next(n + 1);
                return new(v.Slice(axis, start, _random.Next(start, n + 1), _random.Next(1, 4)), x.Bound);
            case 5:
                return new(v.Pad(axis, _random.Next(-n / 2, 3), _random.Next(-n / 2, 3), _random.Next(3) == 0 ? 0.5 : 0), x.Bound);
            case 6:
                return new(
                    Value.Emit(
                        new Pad(
                            Indices.Generate(rank, a => _random.Next(-v.Shape[a] / 2, 2)),
                            Indices.Generate(rank, a => _random.Next(-v.Shape[a] / 2, 2)),
                            Indices.Generate(rank, _ => _random.Next(3))),
                        v),
                    x.Bound);
            case 7:
                return new(v.Reverse(order.AsSpan(0, 1 + _random.Next(rank))), x.Bound);
            case 8:
                int[] positions = n == 0 ? [] : [.. Enumerable.Range(0, _random.Next(6)).Select(_ => _random.Next(n))];
                return new(v.Gather(axis, positions), x.Bound);
            case 9:
                int length = _random.Next(1, 6);
                return new(v.ScatterAdd(axis, length, [.. Enumerable.Range(0, n).Select(_ => _random.Next(length))]), n * x.Bound);
            case 10:
                return new(Value.Concatenate(axis, v, Value.Sin(v), v.Slice(axis, n / 2, n)), Math.Max(x.Bound, 1));
            case 11:
                return new(Value.Stack(v, As(v.Shape).Value), Bounded.Limit);
            case 12:
                return new(v.PadCircular(axis, n / 2, Math.Min(n, 1)), x.Bound);
            default:
                return n == 0 ? x : new(v.Permute(order)[Index.FromEnd(v.Shape[order[0]] == 0 ? 0 : 1)..], x.Bound);
        }
    }

    private Bounded Reduced(Bounded x)
    {
        Value v = x.Value;
        int[] axes = [.. Enumerable.Range(0, v.Rank).Where(_ => _random.Next(2) == 0)];
        int count = axes.Aggregate(1, (product, axis) => product * v.Shape[axis]);
        bool empty = v.Shape.ElementCount == 0;

        // Elements of a maximum are moved apart, so that which is largest does not change nearby.
        int[] ranks = [.. Enumerable.Range(0, v.Shape.ElementCount)];
        _random.Shuffle(ranks);
        Value apart = v + Value.Constant([.. ranks.Select(rank => 10.0 * rank)], v.Shape);
        return _random.Next(empty ? 1 : 4) switch
        {
            0 => new(v.Sum(axes), Math.Max(v.Shape.ElementCount, count) * x.Bound),
            1 => new(v.Mean(axes), x.Bound),
            2 => new(apart.Max(axes), (10 * ranks.Length) + x.Bound),
            _ => new(apart.Min(axes), (10 * ranks.Length) + x.Bound),
        };
    }
}

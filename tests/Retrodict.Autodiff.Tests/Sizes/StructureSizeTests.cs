using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>
/// Rearrangements of axes of every length, empty ones included, against loops; and their transposes by the adjoint identity.
/// </summary>
public class StructureSizeTests
{
    public static TheoryData<int> Data => Lengths.Data;

    [Theory]
    [MemberData(nameof(Data))]
    public void Rearrangements_are_right_at_every_length(int length)
    {
        foreach (Shape shape in new Shape[] { [length], [length, 3], [3, length], [2, length, 3], [length, 1, 2], [1, length, 0] })
        {
            foreach (int axis in Enumerable.Range(0, shape.Rank))
            {
                int n = shape[axis];
                Check("reverse", shape, v => v.Reverse(axis), (i, _) => With(i, axis, n - 1 - i[axis]));
                Check("slice", shape, v => v.Slice(axis, n / 3, n), (i, _) => With(i, axis, i[axis] + (n / 3)));
                Check("slice by 3", shape, v => v.Slice(axis, n / 4, n, 3), (i, _) => With(i, axis, (3 * i[axis]) + (n / 4)));
                Check("pad", shape, v => v.Pad(axis, 2, 1), (i, _) => With(i, axis, i[axis] - 2));
                Check("cut", shape, v => v.Pad(axis, -(n / 2), 1), (i, _) => With(i, axis, i[axis] + (n / 2)));
                Check("pad inside", shape, v => Padded(v, axis, 1, 2, 2), (i, _) => With(
                    i, axis, (i[axis] - 1) % 3 == 0 && i[axis] > 0 ? (i[axis] - 1) / 3 : -1));
                Check(
                    "pad inside and cut", shape, v => Padded(v, axis, -Math.Min(n, 2), 0, 1),
                    (i, _) => With(i, axis, (i[axis] + Math.Min(n, 2)) % 2 == 0 ? (i[axis] + Math.Min(n, 2)) / 2 : -1));
                int[] positions = n == 0 ? [] : [n - 1, 0, n / 2, n / 2, 0];
                Check("gather", shape, v => v.Gather(axis, positions), (i, _) => With(i, axis, positions[i[axis]]));
                Check(
                    "concatenate", shape, v => Value.Concatenate(axis, v, v.Reverse(axis), v),
                    (i, _) => With(i, axis, i[axis] < n ? i[axis] : i[axis] < 2 * n ? (2 * n) - 1 - i[axis] : i[axis] - (2 * n)));
                Check("new axis", shape, v => v.Reshape(Shape.Of([.. shape.Lengths, 1]))
                    .BroadcastTo(Shape.Of([.. shape.Lengths, 2])), (i, _) => i[..^1]);
            }

            Check("reshape", shape, v => v.Flatten(), (i, _) => Positions.Of(i[0], shape));
            Check("repeat", shape, v => v.BroadcastTo(shape.Prepend(2)), (i, _) => i[1..]);
            Check("permute", shape, v => v.Permute(), (i, _) => [.. i.Reverse()]);
            Check("rotate axes", shape, v => v.Permute([.. Enumerable.Range(1, shape.Rank - 1), 0]), (i, _) => [i[^1], .. i[..^1]]);
        }
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void Scattered_slices_add_up_at_every_length(int length)
    {
        foreach (Shape shape in new Shape[] { [length], [length, 3], [2, length, 17], [2, length] })
        {
            int axis = shape.Rank == 1 || shape[0] == length ? 0 : 1;
            int[] positions = [.. Enumerable.Range(0, length).Select(i => i * i % 7)];
            Shape result = Shape.Of([.. shape.Select((n, a) => a == axis ? 8 : n)]);
            double[] x = Lengths.Sample(shape.ElementCount, length, -1, 1);
            var expected = new double[result.ElementCount];
            for (int i = 0; i < x.Length; i++)
            {
                int[] index = Positions.Of(i, shape);
                expected[Positions.At(With(index, axis, positions[index[axis]]), result)] += x[i];
            }

            Lengths.AssertComputes(Function.Trace(v => v.ScatterAdd(axis, 8, positions), shape), [x], expected, 4);
        }
    }

    /// <summary>Each element of the result is the operand's at an index, or zero where that is outside.</summary>
    private static void Check(string name, Shape shape, Func<Value, Value> body, Func<int[], Shape, int[]> source)
    {
        Function function = Function.Trace(body, shape).Named($"{name} of {shape}");
        double[] x = Lengths.Sample(shape.ElementCount, 3);
        Shape result = function.Outputs[0].Shape;
        var expected = new double[result.ElementCount];
        for (int i = 0; i < expected.Length; i++)
        {
            int[] from = source(Positions.Of(i, result), result);
            bool inside = from.Select((at, axis) => at >= 0 && at < shape[axis]).All(fits => fits);
            expected[i] = inside ? x[Positions.At(from, shape)] : 0;
        }

        Assert.True(expected.SequenceEqual(Numbers.Run(function, x)[0]), function.Name);
        Assert.True(expected.SequenceEqual(function.Compile<double>(Numbers.AsWritten).Evaluate([x])[0]), function.Name);
        Assert.True(
            expected.Select(e => (float)e).SequenceEqual(function.Compile<float>(Numbers.Simplified).Evaluate(Numbers.Narrowed([x]))[0]),
            function.Name);
        AdjointLaw.Check(new Subject(function, [Domain.Plain]), new Random(5));
    }

    private static Value Padded(Value x, int axis, int before, int after, int interior)
    {
        Indices At(int amount) => Indices.Generate(x.Rank, a => a == axis ? amount : 0);
        return Value.Emit(new Pad(At(before), At(after), At(interior)), x);
    }

    private static int[] With(int[] index, int axis, int at) => [.. index.Select((old, a) => a == axis ? at : old)];
}

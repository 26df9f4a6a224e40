using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Kernels;

public class ElementwiseLoopTests
{
    private const int Longest = 70;

    [Fact]
    public void A_result_does_not_depend_on_position_or_length()
    {
        Unary<TanhOperator>();
        Unary<ExpOperator>();
        Unary<SinOperator>();
        Unary<CosOperator>();
        Unary<SoftplusOperator>();
        Unary<AtanOperator>();
        Unary<FloorOperator>();
        Binary<PowerOperator>();
        Binary<MultiplyOperator>();
        Binary<LeakyReluOperator>();
    }

    [Fact]
    public void Select_takes_vectors_and_scalars()
    {
        Ternary<double>();
        Ternary<float>();
    }

    [Fact]
    public void Nothing_beyond_the_destination_is_written()
    {
        for (var length = 0; length <= Longest; length++)
        {
            var buffer = new float[Longest + 1];
            buffer.AsSpan().Fill(7);
            ElementwiseLoop.Unary<float, NegateOperator>(new float[length], buffer.AsSpan(0, length));
            Assert.All(buffer[length..], x => Assert.Equal(7, x));
        }
    }

    [Fact]
    public void Operands_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ElementwiseLoop.Unary<double, ExpOperator>(new double[3], new double[4]));
        Assert.Throws<ArgumentException>(
            () => ElementwiseLoop.Binary<double, AddOperator>(new double[4], [], new double[4]));
    }

    [Fact]
    public void A_scalar_may_lie_in_the_destination()
    {
        for (var length = 2; length <= Longest; length++)
        {
            var x = Enumerable.Range(2, length).Select(i => (double)i).ToArray();
            ElementwiseLoop.Binary<double, MultiplyOperator>(x, x.AsSpan(0, 1), x);
            Assert.Equal(Enumerable.Range(2, length).Select(i => 2.0 * i), x);
        }
    }

    private static void Unary<TOperator>()
        where TOperator : struct, IUnaryOperator
    {
        Unary<double, TOperator>();
        Unary<float, TOperator>();
    }

    private static void Unary<T, TOperator>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IUnaryOperator
    {
        var x = Inputs<T>(1);
        var expected = new T[Longest];
        for (var i = 0; i < Longest; i++)
        {
            ElementwiseLoop.Unary<T, TOperator>(x.AsSpan(i, 1), expected.AsSpan(i, 1));
        }

        for (var length = 0; length <= Longest; length++)
        {
            var start = Longest - length;
            var apart = new T[length];
            ElementwiseLoop.Unary<T, TOperator>(x.AsSpan(start), apart);
            Identical(expected.AsSpan(start), apart);

            var inPlace = x[start..];
            ElementwiseLoop.Unary<T, TOperator>(inPlace, inPlace);
            Identical(expected.AsSpan(start), inPlace);

            var scalar = new T[length];
            ElementwiseLoop.Unary<T, TOperator>(x.AsSpan(3, 1), scalar);
            Identical(Enumerable.Repeat(expected[3], length).ToArray(), scalar);
        }
    }

    private static void Binary<TOperator>()
        where TOperator : struct, IBinaryOperator
    {
        Binary<double, TOperator>();
        Binary<float, TOperator>();
    }

    private static void Binary<T, TOperator>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        var (x, y) = (Inputs<T>(1), Inputs<T>(2));
        for (var length = 0; length <= Longest; length++)
        {
            var start = Longest - length;
            foreach (var (scalarX, scalarY) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                var left = scalarX ? x.AsSpan(3, 1) : x.AsSpan(start);
                var right = scalarY ? y.AsSpan(5, 1) : y.AsSpan(start);
                var expected = new T[length];
                for (var i = 0; i < length; i++)
                {
                    ElementwiseLoop.Binary<T, TOperator>(
                        left.Slice(scalarX ? 0 : i, 1), right.Slice(scalarY ? 0 : i, 1), expected.AsSpan(i, 1));
                }

                var apart = new T[length];
                ElementwiseLoop.Binary<T, TOperator>(left, right, apart);
                Identical(expected, apart);

                var first = left.ToArray();
                if (!scalarX)
                {
                    ElementwiseLoop.Binary<T, TOperator>(first, right, first);
                    Identical(expected, first);
                }

                var second = right.ToArray();
                if (!scalarY)
                {
                    ElementwiseLoop.Binary<T, TOperator>(left, second, second);
                    Identical(expected, second);
                }
            }
        }
    }

    private static void Ternary<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (x, y, z) = (Inputs<T>(1), Inputs<T>(2), Inputs<T>(3));
        for (var i = 0; i < Longest; i += 3)
        {
            x[i] = T.Zero;
        }

        for (var length = 0; length <= Longest; length++)
        {
            for (var scalars = 0; scalars < 8; scalars++)
            {
                var mask = (scalars & 1) != 0 ? x.AsSpan(3, 1) : x.AsSpan(0, length);
                var a = (scalars & 2) != 0 ? y.AsSpan(4, 1) : y.AsSpan(0, length);
                var b = (scalars & 4) != 0 ? z.AsSpan(5, 1) : z.AsSpan(0, length);
                var expected = new T[length];
                for (var i = 0; i < length; i++)
                {
                    expected[i] = T.IsZero(mask[mask.Length == 1 ? 0 : i]) ? b[b.Length == 1 ? 0 : i] : a[a.Length == 1 ? 0 : i];
                }

                var result = new T[length];
                ElementwiseLoop.Ternary<T, SelectOperator>(mask, a, b, result);
                Identical(expected, result);
            }
        }
    }

    /// <summary>Numbers of all sizes among which special ones are strewn, so that their neighbors would show an influence.</summary>
    private static T[] Inputs<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        double[] special = [double.NaN, double.PositiveInfinity, 0, -0.0, 1e-40, 1e9, -1e12, 700];
        return Enumerable.Range(0, Longest)
            .Select(i => i % 6 == 5 ? special[random.Next(special.Length)] : (random.NextDouble() - 0.4) * 10)
            .Select(T.CreateTruncating)
            .ToArray();
    }

    private static void Identical<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged
        => Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));
}

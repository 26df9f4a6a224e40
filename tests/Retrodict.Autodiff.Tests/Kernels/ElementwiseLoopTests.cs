using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Kernels;

public class ElementwiseLoopTests
{
    private const int Longest = 70;

    public static TheoryData<string> Operations => Laws.Operations.Names;

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_result_does_not_depend_on_position_or_length(string operation)
    {
        var primitive = Laws.Operations.Named(operation).Instance;
        Check(primitive.Kernel<double>(), primitive.Arity);
        Check(primitive.Kernel<float>(), primitive.Arity);
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

    private static void Check<T>(TileKernel<T> kernel, int arity)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[][] all = [.. Enumerable.Range(1, arity).Select(Inputs<T>)];
        for (var length = 0; length <= Longest; length++)
        {
            for (var scalars = 0; scalars < 1 << arity; scalars++)
            {
                T[][] operands = [.. all.Select((x, k) => IsScalar(k) ? x[(3 + (2 * k))..(4 + (2 * k))] : x[(Longest - length)..])];
                var expected = new T[length];
                for (var i = 0; i < length; i++)
                {
                    Run([.. operands.Select((x, k) => IsScalar(k) ? x : x[i..(i + 1)])], expected.AsSpan(i, 1));
                }

                var apart = new T[length];
                Run(operands, apart);
                Identical(expected, apart);
                for (var k = 0; k < arity; k++)
                {
                    if (!IsScalar(k))
                    {
                        T[][] copies = [.. operands.Select(x => x.ToArray())];
                        Run(copies, copies[k]);
                        Identical(expected, copies[k]);
                    }
                }

                bool IsScalar(int operand) => (scalars & (1 << operand)) != 0;
            }
        }

        void Run(T[][] operands, Span<T> result) => kernel(operands[0], arity > 1 ? operands[1] : [], arity > 2 ? operands[2] : [], result);
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

using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Tests.Execution;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>
/// How transforms run: the same bits for all threads and places in a batch, no contact between lines, no allocation, small errors.
/// </summary>
public class ExecutionTests
{
    /// <summary>Every kind of transform in every layout, large enough to be split.</summary>
    private static readonly Function _large = Function.Trace([("a", [64, 40, 60]), ("b", [64, 40, 60]), ("c", [2, 67, 1500])], v =>
    {
        var z = new ComplexValue(v[0], v[1]);
        ComplexValue last = Value.Fft(z, 2);
        ComplexValue middle = Value.InverseFft(z, 1);
        ComplexValue real = Value.RealFft(v[0]);
        return
        [
            ("last", last.Real), ("lastIm", last.Imaginary), ("middle", middle.Real), ("middleIm", middle.Imaginary), ("real", real.Real),
            ("realIm", real.Imaginary), ("inverse", Value.InverseRealFft(z, 119)), ("sine", Value.SineTransform(v[0], 1, true, 2)),
            ("cosine", Value.CosineTransform(v[0], 2, true, 1)),
            ("wide", Value.RealFft(v[2], 1).Real),
        ];
    });

    [Fact]
    public void One_two_and_three_threads_give_the_same_bits()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[][] inputs = Programs.Inputs<T>(_large, 1);
            Plan<T> one = _large.Compile<T>(new PlanOptions { Team = ThreadTeam.SingleThread });
            foreach (string kind in new[] { "= fourier", "= real-fourier", "= inverse-real-fourier", "= sine-cosine" })
            {
                Assert.Contains(
                    one.ToString().Split('\n'),
                    line => line.Contains(kind, StringComparison.Ordinal) && line.Contains(" parts]", StringComparison.Ordinal));
            }

            T[][] expected = one.Evaluate(inputs);
            for (int size = 2; size <= 3; size++)
            {
                using var team = new ThreadTeam(size);
                T[][] actual = _large.Compile<T>(new PlanOptions { Team = team }).Evaluate(inputs);
                Assert.All(expected.Zip(actual), pair => Assert.True(
                    MemoryMarshal.AsBytes(pair.First.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(pair.Second.AsSpan()))));
            }
        }
    }

    public static TheoryData<int, int, int> Layouts
    {
        get
        {
            var layouts = new TheoryData<int, int, int>();
            foreach (int n in new[] { 2, 5, 16, 30, 67, 128 })
            {
                foreach ((int outer, int inner) in new[] { (37, 1), (6, 3), (3, 21), (1, 300), (5, 1) })
                {
                    layouts.Add(n, outer, inner);
                }
            }

            return layouts;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Equal_lines_have_equal_bits_wherever_they_are(int n, int outer, int inner)
    {
        float[] line = Programs.Data<float>(n, n);
        var x = new float[outer * n * inner];
        for (int at = 0; at < x.Length; at++)
        {
            x[at] = line[at / inner % n];
        }

        foreach (Func<Value, Value> transform in Transforms(n))
        {
            float[] y = Function.Trace(transform, [outer, n, inner]).Compile<float>().Evaluate([x])[0];
            int m = y.Length / (outer * inner);
            for (int at = 0; at < y.Length; at++)
            {
                Assert.Equal(BitConverter.SingleToInt32Bits(y[at / inner % m * inner]), BitConverter.SingleToInt32Bits(y[at]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_line_that_is_not_finite_spoils_no_other(int n, int outer, int inner)
    {
        float[] x = Programs.Data<float>(outer * n * inner, 3);
        float[] spoilt = [.. x];
        (int o, int i) = (outer / 2, inner / 2);
        spoilt[(((o * n) + (n / 2)) * inner) + i] = float.NaN;
        foreach (Func<Value, Value> transform in Transforms(n))
        {
            Plan<float> plan = Function.Trace(transform, [outer, n, inner]).Compile<float>();
            float[] expected = plan.Evaluate([x])[0];
            float[] actual = plan.Evaluate([spoilt])[0];
            int m = expected.Length / (outer * inner);
            for (int at = 0; at < expected.Length; at++)
            {
                bool own = at % inner == i && at / (inner * m) == o;
                Assert.True(own || expected[at] == actual[at], $"element {at}");
            }

            Assert.Contains(actual, float.IsNaN);
        }
    }

    [Fact]
    public void A_warm_run_allocates_nothing()
    {
        Plan<float> plan = _large.Compile<float>(new PlanOptions { Team = ThreadTeam.SingleThread });
        using Workspace<float> workspace = plan.Rent();
        Programs.Fill(workspace, Programs.Inputs<float>(_large, 1));
        long allocated = long.MaxValue;
        for (int round = 0; round < 5 && allocated > 0; round++)
        {
            workspace.Run();
            long before = GC.GetAllocatedBytesForCurrentThread();
            workspace.Run();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    /// <summary>
    /// The root mean square error of a transform grows like the logarithm of the length (as its root, for powers of two).
    /// </summary>
    [Theory]
    [InlineData(1 << 4)]
    [InlineData(1 << 8)]
    [InlineData(1 << 12)]
    [InlineData(1 << 16)]
    [InlineData(1 << 18)]
    [InlineData(59049)]
    [InlineData(15625)]
    [InlineData(16807)]
    [InlineData(3721)]
    [InlineData(10007)]
    [InlineData(65537)]
    public void Errors_grow_like_the_logarithm_of_the_length(int n)
    {
        Complex[] x = [.. Definitions.Random(n, n).Select(e => new Complex((float)e.Real, (float)e.Imaginary))];
        Complex[] reference = Runs.Run<double>(n, x, v => Value.Fft(v));
        Complex[] single = Runs.Run<float>(n, x, v => Value.Fft(v));
        double error = Definitions.Norm(reference.Zip(single, (a, b) => a - b)) / Definitions.Norm(reference);

        // Bluestein's convolution is two transforms of more than twice the length.
        double logarithm = Math.Log2(n) * (n is 10007 or 65537 ? 2 : 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{n}: float {error / 6e-8 / logarithm:F3} units");
        Assert.True(error <= 6e-8 * 0.25 * logarithm, $"float: {error:E2}");
        Complex[] back = Runs.Run<double>(n, x, v => Value.InverseFft(Value.Fft(v)));
        double there = Definitions.Norm(x.Zip(back, (a, b) => a - b)) / Definitions.Norm(x);
        Assert.True(there <= 1.1e-16 * 0.5 * logarithm, $"double: {there:E2}");
    }

    private static IEnumerable<Func<Value, Value>> Transforms(int n)
    {
        yield return x => Value.Fft(new ComplexValue(x, 0.5 * x), 1).Imaginary;
        yield return x => Value.RealFft(x, 1).Real;
        yield return x => Value.InverseRealFft(new ComplexValue(x, 2 * x), (2 * n) - 1, 1);
        yield return x => Value.InverseRealFft(new ComplexValue(x, 2 * x), (2 * n) - 2, 1);
        yield return x => Value.SineTransform(x, 1, true, 1);
        yield return x => Value.CosineTransform(x, 2, true, 1);
        yield return x => Value.SineTransform(x, 3, true, 1);
    }
}

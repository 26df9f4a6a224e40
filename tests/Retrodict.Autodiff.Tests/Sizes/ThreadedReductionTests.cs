using System.Numerics;

namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>
/// Reductions that split by rows, by columns and into ranges: the bits of one thread, and of the same numbers reduced a few at a time.
/// </summary>
public class ThreadedReductionTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 131_071, 1 }, { 1, 131_072, 1 }, { 1, 131_073, 1 }, { 1, 262_143, 1 }, { 1, 262_144, 1 }, { 1, 262_145, 1 }, { 1, 327_679, 1 },
        { 1, 327_681, 1 }, { 3, 131_073, 1 }, { 262_144, 1, 1 }, { 700, 400, 1 },
        { 1, 1, 270_000 }, { 1, 600, 511 }, { 1, 600, 512 }, { 1, 600, 513 }, { 1, 1100, 255 }, { 1, 1100, 257 }, { 2, 70_001, 3 },
        { 5, 65, 1029 }, { 300, 30, 31 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_and_maxima_have_the_same_bits_on_any_number_of_threads(int outer, int length, int inner)
    {
        Check<float>(outer, length, inner, 1e-5);
        Check<double>(outer, length, inner, 1e-13);
    }

    [Fact]
    public void A_NaN_in_one_range_is_the_maximum()
    {
        Function function = Function.Trace(v => v.Max(), 300_000);
        double[] x = new double[300_000];
        x[123_456] = double.NaN;
        Assert.Equal([double.NaN], function.Compile<double>().Evaluate(x)[0]);
    }

    [Fact]
    public void A_warm_run_allocates_nothing()
    {
        Plan<double> plan = Function.Trace(
            [("x", [1024, 300])], v => [("all", v[0].Sum()), ("rows", v[0].Sum(1)), ("columns", v[0].Sum(0))]).Compile<double>();
        using Workspace<double> workspace = plan.Rent();
        workspace.Run();
        workspace.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        workspace.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Check<T>(int outer, int length, int inner, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Function function = Function.Trace([("x", [outer, length, inner])], v => [("sum", v[0].Sum(1)), ("max", v[0].Max(1))]);
        var random = new Random(17);
        T[] x = [.. Enumerable.Range(0, outer * length * inner).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))];
        T[][] alone = function.Compile<T>(new PlanOptions { Team = ThreadTeam.SingleThread }).Evaluate(x);
        for (int row = 0; row < outer; row++)
        {
            for (int column = 0; column < inner; column++)
            {
                (double sum, double size, double largest) = (0, 0, double.NegativeInfinity);
                for (int i = 0; i < length; i++)
                {
                    double element = double.CreateChecked(x[(((row * length) + i) * inner) + column]);
                    (sum, size, largest) = (sum + element, size + Math.Abs(element), Math.Max(largest, element));
                }

                Assert.Equal(largest, double.CreateChecked(alone[1][(row * inner) + column]));
                Assert.True(Math.Abs(sum - double.CreateChecked(alone[0][(row * inner) + column])) <= tolerance * size);
            }
        }

        if (outer == 1 && inner == 1)
        {
            // The order of summation is the undivided one.
            Assert.Equal(Autodiff.Kernels.Reductions.Sum<T>(x), alone[0][0]);
        }

        foreach (int threads in new[] { 2, 3, 5 })
        {
            using var team = new ThreadTeam(threads);
            Plan<T> plan = function.Compile<T>(new PlanOptions { Team = team });
            for (int repeat = 0; repeat < 3; repeat++)
            {
                T[][] together = plan.Evaluate(x);
                Assert.True(alone[0].AsSpan().SequenceEqual(together[0]) && alone[1].AsSpan().SequenceEqual(together[1]));
            }
        }
    }
}

using System.Numerics;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>A large matrix that several threads factor: the bits of the factorization on one thread, and NaN where there is none.</summary>
public class ThreadedCholeskyTests
{
    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(300)]
    [InlineData(320)]
    [InlineData(511)]
    [InlineData(529)]
    public void The_factor_has_the_bits_of_the_factorization_by_itself(int n)
    {
        Check<float>(n);
        Check<double>(n);
    }

    [Fact]
    public void The_factor_gives_the_matrix_back()
    {
        const int N = 400;
        double[] a = Positive<double>(N);
        Function function = Function.Trace([("a", [N, N])], v =>
        {
            Value factor = Value.Cholesky(v[0]);
            return [("back", Value.MatMul(factor, factor.Permute()))];
        });
        double[] back = function.Compile<double>().Evaluate(a)[0];
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(a[i], back[i], 1e-11 * N);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(150)]
    [InlineData(290)]
    [InlineData(299)]
    public void A_matrix_that_is_not_positive_definite_is_NaN_and_the_next_run_is_not(int pivot)
    {
        const int N = 300;
        double[] good = Positive<double>(N);
        double[] bad = [.. good];
        bad[(pivot * N) + pivot] = -1;
        double[] expected = [.. good];
        Assert.True(CholeskyFactorization.TryFactor<double>(expected, N));
        foreach (int threads in new[] { 1, 2, 3, 5 })
        {
            using var team = new ThreadTeam(threads);
            using Workspace<double> workspace = Factor(N).Compile<double>(new PlanOptions { Team = team }).Rent();
            foreach (double[] matrix in new[] { bad, good, bad, bad, good })
            {
                matrix.CopyTo(workspace.Input(0));
                workspace.Run();
                if (matrix == bad)
                {
                    Assert.True(workspace.Output(0).ToArray().All(double.IsNaN));
                }
                else
                {
                    Assert.True(workspace.Output(0).SequenceEqual(expected));
                }
            }
        }
    }

    [Fact]
    public void Callers_at_the_same_time_get_their_own_factors()
    {
        const int N = 288;
        using var team = new ThreadTeam(2);
        Plan<double> plan = Factor(N).Compile<double>(new PlanOptions { Team = team });
        double[] a = Positive<double>(N);
        double[] expected = plan.Evaluate(a)[0];
        var results = new bool[8];
        Thread[] callers = [.. Enumerable.Range(0, results.Length).Select(caller => new Thread(() =>
        {
            double[] mine = [.. a];
            mine[^1] = caller % 2 == 0 ? mine[^1] : -1;
            results[caller] = Enumerable.Range(0, 10).All(_ =>
            {
                double[] factor = plan.Evaluate(mine)[0];
                return caller % 2 == 0 ? factor.AsSpan().SequenceEqual(expected) : factor.All(double.IsNaN);
            });
        }))];
        Assert.All(callers, caller => caller.Start());
        Assert.All(callers, caller => caller.Join());
        Assert.All(results, Assert.True);
    }

    [Fact]
    public void A_warm_run_allocates_nothing()
    {
        const int N = 260;
        using Workspace<double> workspace = Factor(N).Compile<double>().Rent();
        Positive<double>(N).CopyTo(workspace.Input(0));
        workspace.Run();
        workspace.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        workspace.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Function Factor(int n) => Function.Trace([("a", [n, n])], v => [("l", Value.Cholesky(v[0]))]);

    private static void Check<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] a = Positive<T>(n);
        T[] expected = [.. a];
        Assert.True(CholeskyFactorization.TryFactor<T>(expected, n));
        foreach (int threads in new[] { 1, 2, 3, 5 })
        {
            using var team = new ThreadTeam(threads);
            Plan<T> plan = Factor(n).Compile<T>(new PlanOptions { Team = team });
            Assert.True(expected.AsSpan().SequenceEqual(plan.Evaluate(a)[0]));
            Assert.True(expected.AsSpan().SequenceEqual(plan.Evaluate(a)[0]));
        }
    }

    private static T[] Positive<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(n);
        var a = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                a[(i * n) + j] = a[(j * n) + i] = T.CreateTruncating((2 * random.NextDouble()) - 1);
            }

            a[(i * n) + i] = T.CreateTruncating(n);
        }

        return a;
    }
}

using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>Linear least squares, where conjugate directions end after as many steps as there are unknowns (Nocedal and Wright, theorems
/// 5.1, 6.4).</summary>
public sealed class QuadraticTerminationTests
{
    private static readonly WolfeOptions _exact = new() { Curvature = 1e-9 };

    public static TheoryData<string> Methods => [.. All.Keys];

    private static Dictionary<string, Solver> All { get; } = new()
    {
        ["Hager-Zhang"] = new NonlinearConjugateGradients { LineSearch = _exact },
        ["Polak-Ribière"] = new NonlinearConjugateGradients { Update = ConjugateGradientUpdate.PolakRibiere, LineSearch = _exact },
        ["BFGS"] = new Bfgs { LineSearch = _exact },
        ["L-BFGS"] = new LBfgs { Memory = 12, LineSearch = _exact },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void With_exact_line_searches_there_are_at_most_as_many_steps_as_unknowns(string method)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            int n = 1 + (seed % 8);
            ContractCase c = ContractCases.Linear(n, n + 6, seed);
            SolveResult result = c.SolveWith(All[method]);
            Assert.Equal(SolveStatus.Converged, result.Status);
            Assert.InRange(result.Summary.Iterations, 1, n + 1);
            Dense.AssertClose(
                [.. c.SolveWith(new GaussNewton()).X],
                    [.. c.SolveWith(All[method] with { Stopping = new StoppingRule { MaxIterations = n } }).X], 1e-6);
        }
    }

    /// <summary>Whatever the initial scaling: quasi-Newton methods with exact searches take the steps of conjugate gradients (Nocedal and
    /// Wright, section 6.4).</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void All_of_them_take_the_same_steps(string method)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            ContractCase c = ContractCases.Linear(6, 10, seed);
            for (int k = 1; k <= 6; k++)
            {
                StoppingRule stopping = new() { MaxIterations = k };
                Dense.AssertClose(
                    [.. c.SolveWith(All["Hager-Zhang"] with { Stopping = stopping }).X],
                        [.. c.SolveWith(All[method] with { Stopping = stopping }).X], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Steps_are_conjugate(string method)
    {
        ContractCase c = ContractCases.Linear(6, 10, 5);
        double[,] a = Dense.RandomMatrix(10, 6, 5);
        double[][] points =
            [.. Enumerable.Range(0,
                6).Select(k => c.SolveWith(All[method] with { Stopping = new StoppingRule { MaxIterations = k } }).X.ToArray())];
        double[][] images = [.. points.Zip(points.Skip(1), (from, to) => Dense.Times(a, Dense.Plus(to, from, -1)))];
        for (int i = 0; i < images.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(0, Dense.Dot(images[i], images[j]) / (Dense.Norm(images[i]) * Dense.Norm(images[j])), 1e-5);
            }
        }
    }
}

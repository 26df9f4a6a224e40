using Retrodict.Analysis;
using Retrodict.Autodiff;

namespace Retrodict.Tests.Checks;

/// <summary>Sizes that no use comes near are refused by name, before memory or threads run out.</summary>
public sealed class SizeTests
{
    public static TheoryData<string, Action> TooMany => new()
    {
        { "Memory must be from 1 to 10,000", () => _ = new LBfgs { Memory = 1_000_000_000 } },
        { "Memory must be from 1 to 10,000", () => _ = new LBfgs { Memory = 0 } },
        { "Count must be from 1 to 100,000,000", () => _ = new MultiStart { Count = int.MaxValue } },
        { "Threads must be from 1 to 1,024", () => _ = new MultiStart { Threads = 100_000 } },
        { "Points must be from 3 to 10,000", () => _ = new PriorWeightSearch { Points = 1_000_000 } },
        { "A team has from 1 to 1,024 threads", () => _ = new ThreadTeam(100_000) },
        { "threads must be from 1 to 1,024", () => Batch(100_000) },
        { "threads must be from 1 to 1,024", () => Batch(0) },
    };

    [Theory]
    [MemberData(nameof(TooMany))]
    public void Sizes_have_a_most(string message, Action make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    [Fact]
    public void More_threads_than_processors_give_the_same()
    {
        (double[] one, double[] many) = (Batch(1), Batch(1024));
        Assert.Equal(one, many);
    }

    private static double[] Batch(int threads)
    {
        const int Instances = 40;
        var problem = new InverseProblem(x => Value.Exp(x), 2);
        double[] observations = [.. Enumerable.Range(0, 2 * Instances).Select(i => 1 + (0.1 * i))];
        double[] solutions = new double[2 * Instances];
        Session session = new LevenbergMarquardt().Prepare(problem);
        session.SolveBatch(observations, new double[2 * Instances], solutions, new SolveSummary[Instances], threads);
        return solutions;
    }
}

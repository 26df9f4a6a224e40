using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>What published D-IPG makes of test instances when it sees the learned forward map alone.</summary>
/// <param name="Instances">The number of instances.</param>
/// <param name="Successes">How many met the problem's tolerance.</param>
/// <param name="Iterations">Iterations of every instance as the publication counts them.</param>
/// <param name="Trials">Trial points of all instances together.</param>
/// <param name="AcceptedTrials">How many of them were accepted.</param>
/// <param name="CompositionError">RJCP at the true unknowns.</param>
/// <param name="TaskError">The root mean square of f(x) - y on noise-free test observations, standardized.</param>
public sealed record SurrogateArm(
    int Instances,
    int Successes,
    IReadOnlyList<int> Iterations,
    long Trials,
    long AcceptedTrials,
    double CompositionError,
    double TaskError)
{
    /// <summary>The share of successes.</summary>
    public double Success => (double)Successes / Instances;

    /// <summary>The share of accepted trials; NaN where there were none.</summary>
    public double Acceptance => (double)AcceptedTrials / Trials;

    /// <summary>The mean number of iterations.</summary>
    public double MeanIterations => Iterations.Average();

    /// <summary>Solves the first test instances of a problem from its start, one after the other.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="model">A model with a forward map.</param>
    /// <param name="instances">How many; null for all.</param>
    /// <param name="seed">The seed of the test data.</param>
    /// <exception cref="InvalidOperationException">The model has no forward map.</exception>
    public static SurrogateArm Of(
        BenchmarkProblem problem, DeceptronModel model, int? instances = null, ulong seed = BenchmarkProblem.DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(model);
        DataSet test = problem.Generate(Split.Test, instances, seed);
        var solver = new DeceptronGradientPublished { ReverseMap = model.ToReverseMap() };
        SolveCase solveCase = CaseBuilder.Build(InstanceSet.Of(test), [solver], new CaseSettings { Arm = Arm.Surrogate, Model = model })[0];
        SolveRun run = CaseRunner.Run([solveCase], new RunOptions { WarmUp = false })[0];
        SolveSummary[] summaries = [.. run.Results.Select(result => result.Summary)];
        return new SurrogateArm(
            test.Count,
            summaries.Count(summary => summary.Criterion == StoppingCriterion.Residual),
            [.. summaries.Select(((DeceptronGradientPublished)solveCase.Solver).PublishedIterations)],
            summaries.Sum(summary => summary.Evaluations.Model - 1),
            summaries.Sum(summary => (long)summary.Iterations),
            model.CompositionError(test.X),
            ErrorOf(model, test));
    }

    private static double ErrorOf(DeceptronModel model, DataSet test)
    {
        double[] learned = RowMap.Apply(model.ForwardFunction, test.X);
        int m = model.Shapes.Observations;
        double sum = 0;
        for (int i = 0; i < learned.Length; i++)
        {
            double error = (learned[i] - test.YClean[i]) / model.ObservationDeviation[i % m];
            sum += error * error;
        }

        return Math.Sqrt(sum / learned.Length);
    }
}

namespace Retrodict.Tests.Deceptron;

/// <summary>D-IPG in its published form against the reference run of heat-1d, for the reverse maps that were trained with and without the
/// Jacobian penalty.</summary>
public sealed class PublishedParityTests
{
    [Theory]
    [InlineData("plus", "dipg", 71)]
    [InlineData("minus", "dipg_minus", 58)]
    public void Solutions_iterations_and_successes_are_those_of_the_reference_run(string arm, string key, int successes)
    {
        DeceptronGradientPublished solver = new() { ReverseMap = Heat1DReference.Map(arm), Precision = Precision.Float32 };
        double[] solutions = Heat1DReference.Array($"{key}.x_hat");
        double[] iterations = Heat1DReference.Array($"{key}.iters");
        Session session = solver.Prepare(Heat1DReference.Problem);
        (int found, int same, long trials, long steps) = (0, 0, 0, 0);
        List<double> differences = [];
        var x = new double[64];
        for (int k = 0; k < Heat1DReference.Count; k++)
        {
            SolveSummary summary = session.Solve(Heat1DReference.Observations.AsSpan(64 * k, 64), new double[64], x);
            found += summary.Criterion == StoppingCriterion.Residual ? 1 : 0;
            same += solver.PublishedIterations(summary) == iterations[k] ? 1 : 0;
            differences.Add(Enumerable.Range(0, 64).Max(i => Math.Abs(x[i] - solutions[(64 * k) + i])));
            (trials, steps) = (trials + summary.Evaluations.Model, steps + summary.Iterations);
            Assert.Equal(summary.Iterations, summary.Learned?.LearnedSteps);
        }

        differences.Sort();
        string report = $"{key}: {found} successes, {same} equal iteration counts, median difference {differences[150]:G3}, " +
            $"largest {differences[^1]:G3}, {steps} steps, {trials} evaluations";
        TestContext.Current.SendDiagnosticMessage(report);
        Assert.True(Math.Abs(found - successes) <= 2, report);
        Assert.True(same >= 0.95 * Heat1DReference.Count, report);
        Assert.True(differences[150] <= 1e-3, report);
    }
}

using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Tests.Solvers;

/// <summary>
/// The published forms against a run of the published implementation: 300 measurements of heat-1d, inverted through the forward map that it
/// had learned, LeakyReLU(W x + b) in standardized units, in single precision. heat1d_published.npz holds that map, the measurements and
/// what each solver found.
/// </summary>
public sealed class PublishedSolverTests
{
    private static readonly NpzFile _reference = NpzFile.Open(
        Path.Combine(AppContext.BaseDirectory, "Solvers", "fixtures", "heat1d_published.npz"));

    [Theory]
    [InlineData("gd", 38, 1e-3)]
    [InlineData("gn", 2, 2e-2)]
    [InlineData("lm", 105, 1e-3)]
    public void Solutions_iterations_and_successes_are_those_of_the_reference_run(string key, int successes, double tolerance)
    {
        PublishedSolver solver = key switch
        {
            "gd" => new GradientDescentPublished { Precision = Precision.Float32 },
            "gn" => new GaussNewtonPublished { Precision = Precision.Float32 },
            _ => new LevenbergMarquardtPublished { Precision = Precision.Float32 },
        };
        double[] weights;
        double[] bias;
        double[] observations;
        double[] solutions;
        double[] iterations;
        lock (_reference)
        {
            weights = _reference["weight"].ToDoubles();
            bias = _reference["bias"].ToDoubles();
            observations = _reference["observations"].ToDoubles();
            solutions = _reference[$"{key}.x_hat"].ToDoubles();
            iterations = _reference[$"{key}.iters"].ToDoubles();
        }

        Session session = solver.Prepare(new InverseProblem(
            x => Value.LeakyRelu(
                Value.MatMul(Value.Constant(weights, [64, 64]), x) + Value.Constant(bias), 0.1), 64) { Bounds = new Box(0, 1) });
        (int found, int same) = (0, 0);
        List<double> differences = [];
        var x = new double[64];
        for (int k = 0; k < 300; k++)
        {
            SolveSummary summary = session.Solve(observations.AsSpan(64 * k, 64), new double[64], x);
            found += summary.Criterion == StoppingCriterion.Residual ? 1 : 0;
            same += solver.PublishedIterations(summary) == iterations[k] ? 1 : 0;
            differences.Add(Enumerable.Range(0, 64).Max(i => Math.Abs(x[i] - solutions[(64 * k) + i])));
        }

        differences.Sort();
        string report = $"{key}: {found} successes, {same} equal iteration counts, median difference {differences[150]:G3}, " +
            $"largest {differences[^1]:G3}";
        TestContext.Current.SendDiagnosticMessage(report);
        Assert.True(Math.Abs(found - successes) <= 2, report);
        Assert.True(same >= (key == "gn" ? 0.85 : key == "lm" ? 0.93 : 0.95) * 300, report);
        Assert.True(differences[150] <= tolerance, report);
    }

    [Fact]
    public void The_objective_is_in_units_of_the_observation_scale_and_without_the_prior()
    {
        ContractCase c = ContractCases.All["prior, box"];
        foreach (
            Solver solver in new Solver[] { new GradientDescentPublished(), new GaussNewtonPublished(), new LevenbergMarquardtPublished() })
        {
            SolveResult result = c.SolveWith(solver);
            Assert.Equal(0.5 * c.Problem.Observations * result.Summary.Residual * result.Summary.Residual, result.Summary.Cost, 1e-12);
            Assert.Equal(c.SolveWith(solver).X, result.X);
            Assert.All(result.History.Skip(1), record => Assert.True(record.CostChange >= 0));
            SolveResult other = (c with { Problem = c.Problem with { Prior = null, Noise = 7 } }).SolveWith(solver);
            Assert.Equal(result.X, other.X);
        }
    }

    [Fact]
    public void Only_the_residual_tolerance_counts_as_success()
    {
        ContractCase c = ContractCases.All["exponential fit"] with { Start = [5, 3] };
        foreach (
            Solver solver in new Solver[] { new GradientDescentPublished(), new GaussNewtonPublished(), new LevenbergMarquardtPublished() })
        {
            SolveResult loose = (c with { Problem = c.Problem with { ObservationScale = 1 } }).SolveWith(solver);
            Assert.Equal((SolveStatus.Converged, StoppingCriterion.Residual), (loose.Status, loose.Criterion));
            Assert.InRange(loose.Summary.Residual, 0, 0.3);
            SolveResult tight = c.SolveWith(solver);
            Assert.NotEqual(SolveStatus.Converged, tight.Status);
        }
    }
}

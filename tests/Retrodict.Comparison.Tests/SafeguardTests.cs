using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison.Tests;

/// <summary>A learned inverse of heat-1d on measurements that it was not trained for.</summary>
public sealed class SafeguardTests
{
    private static readonly BenchmarkProblem _problem = ProblemCatalogue.Heat1D;

    private static readonly Lazy<DeceptronModel> _model = new(() =>
    {
        PhysicsTraining recipe = TrainingRecipe.Physics(_problem);
        return DeceptronTrainer.Train(
            TrainingRecipe.ToLearningProblem(_problem),
            recipe with { Penalty = JacobianPenalty.None, Hidden = 64, Estimate = recipe.Estimate with { Steps = 1500 } });
    });

    [Fact]
    public void A_short_training_already_finds_what_the_data_tell()
    {
        double[][] unknowns = Unknowns("test");
        InverseProblem problem = _problem.ToInverseProblem();
        (double learned, int alone) = Errors(_model.Value.ToSolver().Prepare(problem), unknowns);
        (double reference, _) = Errors(new GaussNewton().Prepare(problem), unknowns);
        Assert.True(learned < 1.02 * reference, $"RMSE_x {learned:F4}, the maximum a posteriori {reference:F4}");
        Assert.True(alone >= 70, $"{alone} of 100 without exact steps");
    }

    [Theory]
    [InlineData("scaled")]
    [InlineData("shifted")]
    [InlineData("steps")]
    [InlineData("negative")]
    public void Other_distributions_make_the_safeguard_fire_and_end_no_higher_than_exact_steps(string family)
    {
        (int alone, double worst) = Solve(Unknowns(family));
        Assert.True(alone <= 10, $"{alone} of 100 {family} unknowns went without the safeguard");
        Assert.True(worst <= 1.001, $"objective {worst:F5} of that of Levenberg-Marquardt alone");
    }

    /// <summary>How many solves took no exact step, and the largest objective beside that of Levenberg-Marquardt among solves that did not
    /// meet the discrepancy.</summary>
    private static (int Alone, double Worst) Solve(double[][] unknowns)
    {
        // Without bounds, so that unknowns may lie anywhere, and with the same objective for both methods.
        InverseProblem problem = _problem.ToInverseProblem() with { Bounds = Box.Unbounded };
        DeceptronGradient solver = _model.Value.ToSolver() with { Anchor = SafeguardAnchor.ProblemPrior, Precision = Precision.Float64 };
        Session learned = solver.Prepare(problem);
        Session exact = new LevenbergMarquardt { Stopping = solver.Stopping }.Prepare(problem);
        (int alone, double worst) = (0, 0);
        var x = new double[64];
        foreach (double[] y in Observations(unknowns))
        {
            SolveSummary summary = learned.Solve(y, _problem.Start, x);
            alone += summary.Learned!.Value.SafeguardSteps == 0 ? 1 : 0;
            if (summary.Discrepancy > solver.Stopping.DiscrepancyTolerance)
            {
                worst = Math.Max(worst, summary.Cost / exact.Solve(y, _problem.Start, x).Cost);
            }
        }

        return (alone, worst);
    }

    private static (double Error, int Alone) Errors(Session session, double[][] unknowns)
    {
        (double error, int alone, int i) = (0, 0, 0);
        var x = new double[64];
        foreach (double[] y in Observations(unknowns))
        {
            SolveSummary summary = session.Solve(y, _problem.Start, x);
            error += _problem.RecoveryError(x, unknowns[i++]) / unknowns.Length;
            alone += summary.Learned?.SafeguardSteps == 0 ? 1 : 0;
        }

        return (error, alone);
    }

    private static IEnumerable<double[]> Observations(double[][] unknowns)
    {
        var forward = _problem.Forward.Compile<double>();
        for (int i = 0; i < unknowns.Length; i++)
        {
            double[] y = forward.Evaluate(unknowns[i])[0];
            _problem.AddNoise(_problem.Stream(Split.Test, 123).At(i).Child("noise"), y);
            yield return y;
        }
    }

    private static double[][] Unknowns(string family) =>
    [
        .. Enumerable.Range(0, 100).Select(i =>
        {
            var x = new double[64];
            var random = _problem.Stream(Split.Test, 123).At(i);
            _problem.DrawUnknown(random, x);
            double jump = random.NextUniform(0.2, 0.8);
            for (int j = 0; j < x.Length; j++)
            {
                x[j] = family switch
                {
                    "scaled" => 3 * x[j],
                    "shifted" => x[j] + 1.5,
                    "steps" => j < 64 * jump ? 2 : -1,
                    "negative" => -x[j],
                    _ => x[j],
                };
            }

            return x;
        }),
    ];
}

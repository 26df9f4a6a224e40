using System.Diagnostics;
using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Benchmarks;

/// <summary>
/// Trains a problem's local inverse by its recipe and solves the test split of the same seed with it, on one thread: the default solve; the bayesian form to convergence from the prior mean, without
/// safeguard, where there is a gain; Levenberg-Marquardt to the maximum a posteriori.
/// </summary>
internal sealed class LearningStudy(BenchmarkProblem problem)
{
    private const double DiscrepancyLimit = 1.2;
    private const int Certified = 50;

    private readonly InverseProblem _inverse = problem.ToInverseProblem();
    private readonly Plan<double> _forward = problem.Forward.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread });

    public IEnumerable<LearningRow> Run(ulong seed)
    {
        DataSet test = problem.Generate(Split.Test, seed: seed);
        long begin = Stopwatch.GetTimestamp();
        DeceptronModel model = DeceptronTrainer.Train(TrainingRecipe.ToLearningProblem(problem), TrainingRecipe.Physics(problem, seed));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        LearningRow map = Solve("maximum a posteriori", new LevenbergMarquardt(), test, problem.Start, double.NaN);
        DeceptronGradient solver = model.ToSolver();
        yield return Solve("D-IPG", solver, test, problem.Start, map.Rmse) with { TrainingSeconds = seconds, GainError = GainError(solver, test) };
        if (model.GainParameters is not null)
        {
            DeceptronGradient bayesian = solver with
            {
                Form = PullBackForm.Bayesian,
                Safeguard = false,
                StartAtEstimate = false,
                Stopping = solver.Stopping with { DiscrepancyTolerance = null, MaxIterations = 20 },
            };
            yield return Solve("D-IPG, bayesian form alone", bayesian, test, problem.Prior.Mean, map.Rmse);
        }

        yield return map with { RmseRatio = 1 };
    }

    private LearningRow Solve(string name, Solver solver, DataSet test, ReadOnlySpan<double> start, double reference)
    {
        Session session = (solver with { Team = ThreadTeam.SingleThread }).Prepare(_inverse);
        var x = new double[problem.Unknowns];
        var warm = Stopwatch.StartNew();
        for (int i = 0; i < test.Count && warm.ElapsedMilliseconds < 1000; i++)
        {
            session.Solve(test.Observation(i), start, x);
        }

        (double tolerance, double discrepancy, double rmse, double learned, double exact) = (0, 0, 0, 0, 0);
        var iterations = new List<double>();
        var times = new List<double>();
        for (int i = 0; i < test.Count; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            SolveSummary summary = session.Solve(test.Observation(i), start, x);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
            (double residual, double misfit) = Judge(x, test.Observation(i));
            tolerance += residual <= problem.Tolerance ? 1.0 / test.Count : 0;
            discrepancy += misfit <= DiscrepancyLimit ? 1.0 / test.Count : 0;
            rmse += problem.RecoveryError(x, test.Unknown(i)) / test.Count;
            iterations.Add(summary.Iterations);
            learned += (summary.Learned?.LearnedSteps ?? 0.0) / test.Count;
            exact += (summary.Learned?.SafeguardSteps ?? (double)summary.Iterations) / test.Count;
        }

        return new LearningRow(name, double.NaN, tolerance, discrepancy, rmse, rmse / reference, Statistics.Of(iterations).Median, Statistics.Of(times).Median, learned, exact, double.NaN);
    }

    private (double Residual, double Discrepancy) Judge(double[] x, ReadOnlySpan<double> observation)
    {
        double[] y = _forward.Evaluate(x)[0];
        (double residual, double discrepancy) = (0, 0);
        for (int i = 0; i < y.Length; i++)
        {
            double misfit = y[i] - observation[i];
            residual += Math.Pow(misfit / problem.Statistics.ObservationDeviation[i], 2) / y.Length;
            discrepancy += Math.Pow(misfit / problem.Noise[i], 2) / y.Length;
        }

        return (Math.Sqrt(residual), Math.Sqrt(discrepancy));
    }

    /// <summary>The mean relative error of the gain at true unknowns; NaN without a gain.</summary>
    private double GainError(DeceptronGradient solver, DataSet test)
    {
        if (solver.ReverseMap.Gain is null)
        {
            return double.NaN;
        }

        Session session = solver.Prepare(_inverse);
        return Enumerable.Range(0, Math.Min(Certified, test.Count)).Average(i => session.Certify(test.Observation(i), test.Unknown(i)).GainError);
    }
}

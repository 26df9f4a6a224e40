using System.Diagnostics;
using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Comparison;
using Retrodict.Learning;

namespace Retrodict.Benchmarks;

/// <summary>
/// Trains a problem's local inverse by its recipe and solves the test split of the same seed with it, on one thread, methods in turn: the
/// default solve; the bayesian form to convergence from the prior mean, without safeguard, where there is a gain; Levenberg-Marquardt to
/// the maximum a posteriori.
/// </summary>
internal sealed class LearningStudy(BenchmarkProblem problem)
{
    private const int Certified = 50;

    public IEnumerable<LearningRow> Run(ulong seed)
    {
        DataSet test = problem.Generate(Split.Test, seed: seed);
        long begin = Stopwatch.GetTimestamp();
        DeceptronModel model = DeceptronTrainer.Train(TrainingRecipe.ToLearningProblem(problem), TrainingRecipe.Physics(problem, seed));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        DeceptronGradient solver = model.ToSolver();
        List<(string Name, SolveCase Case)> methods = [("D-IPG", Case(solver))];
        if (model.GainParameters is not null)
        {
            methods.Add(("D-IPG, bayesian form alone", Case(Bayesian(solver), StartPoint.PriorMean)));
        }

        methods.Add(("maximum a posteriori", Case(new LevenbergMarquardt())));
        SolveStatistics[] statistics = [.. CaseRunner.Run([.. methods.Select(method => method.Case)]).Select(SolveStatistics.Of)];
        double reference = statistics[^1].RmseX;
        LearningRow[] rows = [.. methods.Zip(statistics, (method, each) => LearningRow.Of(method.Name, each, reference))];
        rows[0] = rows[0] with { TrainingSeconds = seconds, GainError = GainError(solver, test) };
        return rows;

        // Methods end by their own rules.
        SolveCase Case(Solver method, StartPoint start = StartPoint.Problem) =>
            CaseBuilder.Build(InstanceSet.Of(test), [method], new CaseSettings { Start = start })[0] with { Solver = method };
    }

    private static DeceptronGradient Bayesian(DeceptronGradient solver) => solver with
    {
        Form = PullBackForm.Bayesian,
        Safeguard = false,
        StartAtEstimate = false,
        Stopping = solver.Stopping with { DiscrepancyTolerance = null, MaxIterations = 20 },
    };

    /// <summary>The mean relative error of the gain at true unknowns; NaN without a gain.</summary>
    private double GainError(DeceptronGradient solver, DataSet test)
    {
        if (solver.ReverseMap.Gain is null)
        {
            return double.NaN;
        }

        Session session = (solver with { Team = ThreadTeam.SingleThread }).Prepare(problem.ToInverseProblem());
        return Enumerable.Range(0, Math.Min(Certified, test.Count)).Average(
            i => session.Certify(test.Observation(i), test.Unknown(i)).GainError);
    }
}

// A solve that converged stands where the gradient vanishes. That is no solution where the data see none of the parameters there, and
// none on a ridge: with k1 = k2, a1 exp(-k1 x) + a2 exp(-k2 x) is one exponential, its Jacobian has rank two of four, and by symmetry a
// start with equal components never leaves it. Both look like a minimum that is not unique, such as that of a b x. The difference is that
// the product loses rank everywhere, the ridge at this point alone. So points around the end along its flat directions are asked: for a
// lower objective, from where the solve goes on, and for a higher rank.

using Retrodict.Numerics;

namespace Retrodict.Regressions;

/// <summary>Judges the end of a solve, and goes on from it where that helps.</summary>
internal sealed class EndExamination
{
    private const int MaxRounds = 5;

    /// <summary>Directions whose singular value is below this are asked for a lower objective.</summary>
    private const double Flat = 1e-7;

    /// <summary>A share of the objective by which another end is lower.</summary>
    private const double Lower = 1e-6;

    /// <summary>Residuals below this share of what is fitted leave nothing to be lowered.</summary>
    private const double Exact = 1e-8;

    private readonly RegressionProblem _regression;
    private readonly InverseProblem _solved;
    private readonly WeightedModel _model;
    private readonly Func<double[], SolveResult> _solve;

    /// <param name="regression">The regression.</param>
    /// <param name="solved">What was solved, with the loss if there is one and the noise it is measured in.</param>
    /// <param name="solve">Solves it from another start.</param>
    public EndExamination(RegressionProblem regression, InverseProblem solved, Func<double[], SolveResult> solve)
    {
        (_regression, _solved, _solve) = (regression, solved, solve);
        _model = new WeightedModel(regression, solved);
    }

    /// <summary>Residuals around the end.</summary>
    public WeightedModel Model => _model;

    /// <summary>The end, or a lower one, with <see cref="SolveStatus.Undetermined"/> where it is no solution.</summary>
    /// <param name="solution">The end of a solve.</param>
    public RegressionEnd Examine(SolveResult solution)
    {
        int rounds = 0;
        while (true)
        {
            double[] x = [.. solution.X];
            var determination = new Determination(_regression, _solved, _model, x);
            bool hasEnded = solution.Status is SolveStatus.Converged or SolveStatus.Stalled;
            if (!hasEnded || !determination.IsFinite || determination.Free.Length == 0)
            {
                return new RegressionEnd(solution, determination);
            }

            if (determination.Seen.Length == 0)
            {
                return new RegressionEnd(Undetermined(solution), determination);
            }

            int flat = FlatFrom(determination);
            bool isExact = WeightedModel.Length(determination.Residual) <= Exact * _model.ObservationLength;
            if ((determination.IsComplete && flat == determination.SingularValues.Length) || isExact)
            {
                return new RegressionEnd(solution, determination);
            }

            var around = new FlatDirections(_regression, _model, determination, x, flat);
            SolveResult? lower = rounds++ < MaxRounds ? Continue(solution, around) : null;
            if (lower is null)
            {
                return around.IsSingular
                    ? new RegressionEnd(Undetermined(solution), OnRidge(determination, x, flat))
                    : new RegressionEnd(solution, determination);
            }

            solution = lower;
        }
    }

    /// <summary>What is determined on a ridge, be it one that rounding has blurred.</summary>
    private Determination OnRidge(Determination determination, double[] x, int flat) => determination.IsComplete
        ? new Determination(_regression, _solved, _model, x, 2 * determination.SingularValues[flat] / determination.SingularValues[0])
        : determination;

    /// <summary>Where the directions begin that the data hardly see.</summary>
    private static int FlatFrom(Determination determination)
    {
        double[] values = determination.SingularValues;
        int flat = Math.Max(1, determination.Rank);
        while (flat > 1 && values[flat - 1] <= Flat * values[0])
        {
            flat--;
        }

        return Math.Min(flat, values.Length);
    }

    /// <summary>A lower end, from a lower point beside this one or, on a ridge, from any beside it; null if there is none.</summary>
    private SolveResult? Continue(SolveResult solution, FlatDirections around)
    {
        double cost = solution.Summary.Cost;
        if (around.LowestPoint() is { } point && From(point) is { } lower)
        {
            return lower;
        }

        return around.IsRidge ? around.PointsBesideRidge().Select(From).FirstOrDefault(end => end is not null) : null;

        SolveResult? From(double[] start)
        {
            SolveResult next = _solve(start);
            return next.Summary.Cost < cost - (Lower * cost) ? Joined(solution, next) : null;
        }
    }

    private static SolveResult Undetermined(SolveResult solution) =>
        solution with { Summary = solution.Summary with { Status = SolveStatus.Undetermined } };

    /// <summary>Two solves as one.</summary>
    private static SolveResult Joined(SolveResult first, SolveResult second)
    {
        (SolveSummary before, SolveSummary after) = (first.Summary, second.Summary);
        EvaluationCounts a = before.Evaluations, b = after.Evaluations;
        return second with
        {
            Summary = after with
            {
                Iterations = before.Iterations + after.Iterations,
                StartProjected = before.StartProjected,
                NonFinite = before.NonFinite
                    ?? (after.NonFinite is { } report ? report with { Iteration = before.Iterations + report.Iteration } : null),
                Evaluations = new EvaluationCounts(
                    a.Model + b.Model, a.Jvp + b.Jvp, a.Vjp + b.Vjp, a.ReverseMap + b.ReverseMap, a.LinearSolves + b.LinearSolves),
            },
            History =
            [
                .. first.History,
                .. second.History
                    .Where(record => record.Iteration > 0)
                    .Select(record => record with { Iteration = before.Iterations + record.Iteration }),
            ],
        };
    }
}

using Retrodict.Numerics;

namespace Retrodict.Analysis;

/// <summary>Tells the minima of many solves apart: taken by cost, then by start, each solution joins the first minimum that is the same, or
/// is a new one.</summary>
internal static class Minima
{
    /// <summary>Costs below this part of ½ ‖y / noise‖² are rounding, as with exact data.</summary>
    private const double CostRounding = 1e-14;

    public static MultiStartResult Collect(
        Session session, ReadOnlySpan<double> observation, double[] starts, double[] solutions, SolveSummary[] summaries,
            MultiStart options)
    {
        int n = session.Problem.Unknowns;
        int[] byCost =
            [.. Enumerable.Range(0,
                summaries.Length).Where(i => double.IsFinite(summaries[i].Cost)).OrderBy(i => summaries[i].Cost).ThenBy(i => i)];
        int[] converged = [.. byCost.Where(i => summaries[i].Status == SolveStatus.Converged)];
        double length = session.Model.WeightedLength(observation);
        double rounding = 0.5 * CostRounding * length * length;
        var members = new List<List<int>>();
        var minimumOf = new int?[summaries.Length];
        double[] scale = converged.Length == 0 ? [] : Scales(session, observation, solutions.AsSpan(converged[0] * n, n));
        foreach (int i in converged)
        {
            int same = members.FindIndex(minimum => AreSame(minimum[0], i));
            if (same < 0)
            {
                same = members.Count;
                members.Add([]);
            }

            members[same].Add(i);
            minimumOf[i] = same;
        }

        StartOutcome[] outcomes = [.. Enumerable.Range(0, summaries.Length).Select(i => new StartOutcome(
            Projected(i), HasPoint(summaries[i]) ? solutions[(i * n)..((i + 1) * n)] : [], summaries[i], minimumOf[i]))];
        return new MultiStartResult
        {
            Minima = [.. members.Select(minimum => new LocalMinimum(outcomes[minimum[0]].X, summaries[minimum[0]], [.. minimum.Order()]))],
            Outcomes = outcomes,
            Best = byCost.Length == 0 ? null : outcomes[byCost[0]],
        };

        bool AreSame(int a, int b)
        {
            double difference = Math.Abs(summaries[a].Cost - summaries[b].Cost);
            if (!(difference <= (options.CostTolerance * Math.Max(summaries[a].Cost, summaries[b].Cost)) + rounding))
            {
                return false;
            }

            for (int j = 0; j < n; j++)
            {
                if (!(Math.Abs(solutions[(a * n) + j] - solutions[(b * n) + j]) <= options.Tolerance * scale[j]))
                {
                    return false;
                }
            }

            return true;
        }

        static bool HasPoint(in SolveSummary summary) => summary.Status != SolveStatus.Failed && !Session.IsUnreached(summary);

        double[] Projected(int start)
        {
            double[] point = starts[(start * n)..((start + 1) * n)];
            session.Problem.Bounds.Project(point);
            return point;
        }
    }

    /// <summary>The length in which differences of each unknown are measured.</summary>
    private static double[] Scales(Session session, ReadOnlySpan<double> observation, ReadOnlySpan<double> best)
    {
        Box bounds = session.Problem.Bounds;
        FitStatistics? statistics = null;
        var scale = new double[best.Length];
        for (int j = 0; j < scale.Length; j++)
        {
            scale[j] = Math.Min(bounds.Upper(j) - bounds.Lower(j), PriorDeviation(session.Problem.Prior as GaussianPrior, j));
            if (!double.IsFinite(scale[j]))
            {
                statistics ??= session.Analyze(observation, best).Statistics(NoiseLevel.Known);
                double error = statistics.StandardErrors[j];
                scale[j] = double.IsFinite(error) && error > 0 ? error : Math.Max(Math.Abs(best[j]), double.Epsilon);
            }
        }

        return scale;
    }

    private static double PriorDeviation(GaussianPrior? prior, int unknown)
    {
        if (prior is null)
        {
            return double.PositiveInfinity;
        }

        ReadOnlySpan<double> row = prior.Factor.Slice(unknown * prior.Dimension, prior.Dimension);
        return Math.Sqrt(Matrix.Dot(row, row));
    }
}

using Retrodict.Comparison;

namespace Retrodict.Benchmarks;

/// <summary>How one method did on a problem's test split. Steps are means over instances; what does not apply is NaN.</summary>
internal sealed record LearningRow(
    string Method,
    double TrainingSeconds,
    double ToleranceSuccess,
    double DiscrepancySuccess,
    double Rmse,
    double RmseRatio,
    double MedianIterations,
    double MedianMicroseconds,
    double MeanMicroseconds,
    double TotalMicroseconds,
    double LearnedSteps,
    double ExactSteps,
    double GainError)
{
    /// <summary>The row of a run, without what training tells.</summary>
    /// <param name="method">The method.</param>
    /// <param name="statistics">The run.</param>
    /// <param name="reference">The RMSE_x of the maximum a posteriori.</param>
    public static LearningRow Of(string method, SolveStatistics statistics, double reference)
    {
        int count = statistics.Iterations.Count;
        return new LearningRow(
            method,
            double.NaN,
            statistics.ToleranceSuccess,
            statistics.DiscrepancySuccess,
            statistics.RmseX,
            statistics.RmseX / reference,
            statistics.Iterations.Median,
            statistics.Microseconds.Median,
            statistics.Microseconds.Mean,
            statistics.Microseconds.Total,
            (double)statistics.LearnedSteps / count,
            (double)statistics.ExactSteps / count,
            double.NaN);
    }

    public static LearningRow Mean(IReadOnlyList<LearningRow> rows)
    {
        return new LearningRow(
            rows[0].Method,
            Of(row => row.TrainingSeconds),
            Of(row => row.ToleranceSuccess),
            Of(row => row.DiscrepancySuccess),
            Of(row => row.Rmse),
            Of(row => row.RmseRatio),
            Of(row => row.MedianIterations),
            Of(row => row.MedianMicroseconds),
            Of(row => row.MeanMicroseconds),
            Of(row => row.TotalMicroseconds),
            Of(row => row.LearnedSteps),
            Of(row => row.ExactSteps),
            Of(row => row.GainError));

        double Of(Func<LearningRow, double> measure) => rows.Average(measure);
    }
}

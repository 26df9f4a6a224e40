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
    double LearnedSteps,
    double ExactSteps,
    double GainError)
{
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
            Of(row => row.LearnedSteps),
            Of(row => row.ExactSteps),
            Of(row => row.GainError));

        double Of(Func<LearningRow, double> measure) => rows.Average(measure);
    }
}

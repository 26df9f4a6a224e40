namespace Retrodict;

/// <summary>Where a lane of the published D-IPG stands.</summary>
internal struct LaneState(int instance, bool projected)
{
    public int Instance = instance;
    public bool Projected = projected;

    /// <summary>Whether its start has not been evaluated yet.</summary>
    public bool IsNew = true;

    /// <summary>How often alpha was halved; a new lane, whose estimate is wanted, has 1.</summary>
    public int Trial = 1;

    /// <summary>Its row among those that run packed: of the map, or, after an accepted trial, of the gradient.</summary>
    public int Packed = 0;
    public int Steps = 0;
    public long Evaluations = 0;
    public long Maps = 0;
    public double Cost = double.NaN;
    public double Slope = 0;

    /// <summary>What ended it.</summary>
    public StoppingCriterion Criterion = StoppingCriterion.None;

    /// <summary>Of rows with this half sum of squares.</summary>
    public static double RootMeanSquare(double cost, int rows) => Math.Sqrt(2 * cost / rows);

    public void Accept(double cost)
    {
        Steps += IsNew ? 0 : 1;
        (Cost, Trial, IsNew) = (cost, 0, false);
    }

    public readonly SolveSummary Summary(int rows)
    {
        SolveStatus status = Criterion switch
        {
            StoppingCriterion.LineSearch => SolveStatus.Stalled,
            StoppingCriterion.Iterations => SolveStatus.MaxIterations,
            _ => SolveStatus.Converged,
        };
        double size = RootMeanSquare(Cost, rows);
        SafeguardReason reason = Criterion == StoppingCriterion.LineSearch ? SafeguardReason.LineSearch : SafeguardReason.None;
        return new SolveSummary(
            status, Criterion, Steps, Cost, size, size, Projected, new EvaluationCounts(Evaluations, 0, Evaluations, Maps, 0), null,
            new LearnedReport(Steps, 0, reason, double.NaN, double.NaN, double.NaN, double.NaN));
    }
}

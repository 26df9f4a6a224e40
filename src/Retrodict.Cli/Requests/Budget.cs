namespace Retrodict.Cli.Requests;

/// <summary>The most that a solve may cost; null for no limit.</summary>
internal sealed record Budget(int? MaxEvaluations, TimeSpan? Time)
{
    /// <summary>A method that keeps to it.</summary>
    public Solver Limit(Solver solver) =>
        solver with { Stopping = solver.Stopping with { MaxEvaluations = MaxEvaluations, TimeLimit = Time } };
}

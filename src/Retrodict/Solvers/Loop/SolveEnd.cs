namespace Retrodict.Solvers;

/// <summary>How a solve ended and what ended it; or that it goes on.</summary>
internal readonly record struct SolveEnd(SolveStatus Status, StoppingCriterion Criterion)
{
    /// <summary>The solve goes on.</summary>
    public static SolveEnd None { get; } = new(SolveStatus.None, StoppingCriterion.None);

    public static SolveEnd NonFiniteStart { get; } = new(SolveStatus.NonFinite, StoppingCriterion.NonFiniteStart);

    public static SolveEnd NonFiniteDerivative { get; } = new(SolveStatus.NonFinite, StoppingCriterion.NonFiniteDerivative);

    public static SolveEnd NonFiniteTrial { get; } = new(SolveStatus.NonFinite, StoppingCriterion.NonFiniteTrial);

    public bool IsNone => Criterion == StoppingCriterion.None;

    /// <summary>The end by a limit from outside.</summary>
    public static SolveEnd By(StoppingCriterion limit) =>
        new(limit == StoppingCriterion.Cancelled ? SolveStatus.Cancelled : SolveStatus.Budget, limit);
}

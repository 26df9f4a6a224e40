namespace Retrodict;

/// <summary>What is known of a solve besides the point it found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Criterion">The rule that ended it.</param>
/// <param name="Iterations">Accepted steps.</param>
/// <param name="Cost">The objective at the point returned: half the sum of squared weighted residuals, the prior's included.</param>
/// <param name="Residual">Normalized residual: root mean square of (F(x) - y) / <see cref="InverseProblem.ObservationScale"/>.</param>
/// <param name="Discrepancy">Root mean square of (F(x) - y) / <see cref="InverseProblem.Noise"/>; about 1 where x explains the
/// measurement.</param>
/// <param name="StartProjected">Whether the start lay outside of the box and was moved to its nearest point.</param>
/// <param name="Evaluations">What it cost.</param>
/// <param name="NonFinite">Where a NaN or an infinity first appeared; null where none did.</param>
/// <param name="Learned">What a learned local inverse did; null for methods without one.</param>
/// <param name="Error">What the model threw in an instance of a batch, whose status then is <see cref="SolveStatus.Failed"/>; else
/// null.</param>
public readonly record struct SolveSummary(
    SolveStatus Status,
    StoppingCriterion Criterion,
    int Iterations,
    double Cost,
    double Residual,
    double Discrepancy,
    bool StartProjected,
    EvaluationCounts Evaluations,
    NonFiniteReport? NonFinite = null,
    LearnedReport? Learned = null,
    Exception? Error = null);

namespace Retrodict;

/// <summary>What a learned local inverse did in a solve.</summary>
/// <param name="LearnedSteps">Accepted steps along learned directions.</param>
/// <param name="SafeguardSteps">Accepted Levenberg-Marquardt steps.</param>
/// <param name="Reason">Why learned steps ended: the first reason to use the safeguard, or, where it is off, to end the solve.</param>
/// <param name="FirstRjcp">The composition error RJCP = E ‖J_g J_f ξ - ξ‖² / n, by probes, where the first learned direction was
/// asked for; NaN where none was measured, as in a solve whose estimate ends it.</param>
/// <param name="MeanRjcp">Its mean over the points where it was measured.</param>
/// <param name="LargestRjcp">Its largest value.</param>
/// <param name="LastRjcp">Its last value.</param>
public readonly record struct LearnedReport(
    int LearnedSteps, int SafeguardSteps, SafeguardReason Reason, double FirstRjcp, double MeanRjcp, double LargestRjcp, double LastRjcp);

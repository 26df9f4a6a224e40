namespace Retrodict;

/// <summary>One line of the iteration table: the point after an iteration, and the step that led there.</summary>
/// <param name="Iteration">0 for the start, then 1, 2, ...</param>
/// <param name="Cost">The objective, half the sum of squares.</param>
/// <param name="CostChange">The decrease of the objective in this iteration.</param>
/// <param name="Gradient">The optimality measure at the point the step started from: see <see cref="StoppingRule.GradientTolerance"/>. NaN
/// for the start.</param>
/// <param name="Step">The Euclidean length of the step.</param>
/// <param name="StepFactor">How much of the step that the direction asks for was taken: the factor that a line search put on it, or, in a
/// trust region, the share of the model's slope that its curvature balances, ‖J p‖² / (‖J p‖² + damping ‖D p‖²), or, of a
/// dogleg, the share of the Gauss-Newton step's predicted decrease; 1 for a full step.</param>
/// <param name="Free">How many unknowns were free of their bounds.</param>
/// <param name="GainRatio">The decrease of the objective over the one that the step's model predicted; NaN for the start.</param>
/// <param name="Radius">The trust region's radius that led to the step; NaN where there is none.</param>
public readonly record struct IterationRecord(
    int Iteration, double Cost, double CostChange, double Gradient, double Step, double StepFactor, int Free, double GainRatio,
    double Radius);

namespace Retrodict;

/// <summary>A solution in dependence on the prior's weight.</summary>
/// <param name="Weight">The weight w: the prior's residuals are multiplied by it.</param>
/// <param name="Misfit">‖(F(x) - y) / noise‖.</param>
/// <param name="PriorNorm">‖L^-1 (x - mean)‖, without the weight.</param>
/// <param name="Discrepancy">The misfit over the square root of the number of observations.</param>
/// <param name="SignalDegreesOfFreedom">The trace of the influence matrix, which is that of the averaging kernel.</param>
/// <param name="CrossValidation">The generalized cross-validation m misfit² / (m - trace)².</param>
/// <param name="Curvature">The curvature of log prior norm over log misfit, positive at a corner; the model is taken as linear around the
/// point.</param>
/// <param name="RobustCrossValidation">The generalized cross-validation times what guards it against fitting noise, as
/// <see cref="PriorWeightRule.GeneralizedCrossValidation"/> tells.</param>
/// <param name="PropagatedNoise">What noise of size 1, in units of the noise, makes of ‖L^-1 (x - mean)‖: the root of its mean square, for
/// a model that is linear around the point.</param>
public readonly record struct PriorWeightPoint(
    double Weight, double Misfit, double PriorNorm, double Discrepancy, double SignalDegreesOfFreedom, double CrossValidation,
    double Curvature, double RobustCrossValidation, double PropagatedNoise)
{
    /// <summary>A weight whose solution could not be analyzed.</summary>
    internal static PriorWeightPoint Unknown(double weight) =>
        new(weight, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

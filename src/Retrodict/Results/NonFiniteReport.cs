namespace Retrodict;

/// <summary>Where a NaN or an infinity first appeared in a solve.</summary>
/// <param name="Iteration">The iteration whose trial met it; 0 for the start.</param>
/// <param name="Residual">The first residual that was not finite: a position in the observation, row-major, or, from the number of its
/// components on, masked ones included, a row of the prior. -1 where every residual is finite and only their sum of squares or a derivative
/// is not.</param>
/// <param name="Evaluations">How many evaluations of the solve were not finite.</param>
/// <param name="DerivativeResidual">The first residual whose derivative was not finite where a step failed for that, a position like
/// <paramref name="Residual"/>; -1 where no step did or only a sum over residuals was not finite.</param>
/// <param name="DerivativeUnknown">The first unknown that this derivative is by; -1 where there is none.</param>
public readonly record struct NonFiniteReport(
    int Iteration, int Residual, int Evaluations, int DerivativeResidual = -1, int DerivativeUnknown = -1);

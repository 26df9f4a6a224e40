using Retrodict.Solvers;

namespace Retrodict;

/// <summary>Levenberg-Marquardt in its published form: p solves the normal equations of the mean with 1e-2 on their diagonal, a damping
/// that never changes. For reproduction only; <see cref="LevenbergMarquardt"/> is the method to use.</summary>
public sealed record LevenbergMarquardtPublished : PublishedSolver
{
    /// <inheritdoc/>
    public override string Name => "levenberg-marquardt-published";

    private protected override Direction PublishedDirection(Objective objective) => new PublishedNormalDirection(objective, 1e-2);
}

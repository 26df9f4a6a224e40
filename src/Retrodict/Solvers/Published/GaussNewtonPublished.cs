using Retrodict.Solvers;

namespace Retrodict;

/// <summary>Gauss-Newton in its published form: p solves the normal equations, bounds disregarded. For reproduction only;
/// <see cref="GaussNewton"/> is the method to use.</summary>
public sealed record GaussNewtonPublished : PublishedSolver
{
    /// <inheritdoc/>
    public override string Name => "gauss-newton-published";

    private protected override Direction PublishedDirection(Objective objective) => new PublishedNormalDirection(objective, 0);
}

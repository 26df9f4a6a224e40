using Retrodict.Solvers;

namespace Retrodict;

/// <summary>Gradient descent in its published form: p is the negative gradient. For reproduction only.</summary>
public sealed record GradientDescentPublished : PublishedSolver
{
    /// <inheritdoc/>
    public override string Name => "gradient-descent-published";

    private protected override Direction PublishedDirection(Objective objective) => new PublishedGradientDirection(objective);
}

using Retrodict;
using Retrodict.Solvers;

namespace OwnMethod;

/// <summary>Barzilai and Borwein's method in a trust region.</summary>
internal sealed record BarzilaiBorwein : Solver
{
    /// <summary>With a stopping rule for first-order methods, whose short steps and small progress prove little.</summary>
    public BarzilaiBorwein() =>
        Stopping = new StoppingRule { GradientTolerance = 1e-6, StepTolerance = 1e-15, CostTolerance = 1e-13, MaxIterations = 10_000 };

    public override string Name => "barzilai-borwein";

    /// <summary>How steps are accepted; the memory lets the objective rise for up to nine steps.</summary>
    public TrustRegionOptions TrustRegion { get; init; } = new() { Memory = 10 };

    protected override SolverParts Assemble(Objective objective)
    {
        var direction = new BarzilaiBorweinDirection(objective);
        return new SolverParts(direction, new TrustRegion(TrustRegion, objective, direction));
    }
}

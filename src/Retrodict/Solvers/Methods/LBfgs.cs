using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// The limited-memory BFGS method (Nocedal 1980, Liu and Nocedal 1989), and with bounds L-BFGS-B (Byrd, Lu, Nocedal, Zhu 1995, with the
/// subspace step of Morales and Nocedal 2011). The first choice for many unknowns when J is too large to form; a step costs an evaluation
/// with its gradient and some passes over the memory.
/// </summary>
public sealed record LBfgs : Solver
{
    private readonly int _memory = 10;

    /// <summary>Defaults; <see cref="Solver.Stopping"/> has a <see cref="StoppingRule.CostTolerance"/> of 1e-9, as on ill-posed problems
    /// the last digits cost most of the iterations, a <see cref="StoppingRule.StepTolerance"/> of 1e-15, since short steps prove little
    /// without curvature that is known, a <see cref="StoppingRule.GradientTolerance"/> of 1e-6, and a limit of 2,000 iterations.</summary>
    public LBfgs() =>
        Stopping = new StoppingRule { GradientTolerance = 1e-6, StepTolerance = 1e-15, CostTolerance = 1e-9, MaxIterations = 2000 };

    /// <inheritdoc/>
    public override string Name => "l-bfgs";

    /// <summary>How many of the last steps are remembered; default 10.</summary>
    public int Memory
    {
        get => _memory;
        init => _memory = Sizes.Between(value, 1, Sizes.MostRemembered, nameof(Memory));
    }

    /// <summary>The line search.</summary>
    public WolfeOptions LineSearch { get; init; } = new();

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) =>
        new(
            BoundedLbfgsDirection.IsNeeded(objective)
                ? new BoundedLbfgsDirection(objective, Memory)
                : new LbfgsDirection(objective, Memory), new ProjectedWolfe(LineSearch, objective));
}

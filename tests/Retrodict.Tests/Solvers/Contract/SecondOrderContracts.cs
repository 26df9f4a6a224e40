namespace Retrodict.Tests.Solvers;

public sealed class GaussNewtonQrContract : SolverContract
{
    protected override Solver Solver { get; } = new GaussNewton { LinearSolver = LinearSolver.Qr };
}

public sealed class GaussNewtonLsmrContract : SolverContract
{
    protected override Solver Solver { get; } = new GaussNewton { LinearSolver = LinearSolver.Lsmr, Stopping = Inexact.Stopping };
}

public sealed class GaussNewtonConjugateGradientsContract : SolverContract
{
    protected override Solver Solver { get; } =
        new GaussNewton { LinearSolver = LinearSolver.ConjugateGradients, Stopping = Inexact.Stopping };

    /// <summary>Conjugate gradients square the condition, and of single precision's digits then too few are left for its last
    /// step.</summary>
    protected override bool MayStallInSinglePrecision => true;
}

public sealed class NewtonContract : SolverContract
{
    protected override Solver Solver { get; } = new Newton();

    protected override bool MayIgnoreADerivative => true;
}

public sealed class NewtonCgContract : SolverContract
{
    // It may end where the cosine of the gradient is the square root of the machine precision, beyond which no decrease of the objective
    // can be seen.
    protected override Solver Solver { get; } = new NewtonCg { Stopping = new StoppingRule { GradientTolerance = 1e-7 } };
}

public sealed class DoglegContract : SolverContract
{
    protected override Solver Solver { get; } = new Dogleg();
}

public sealed class DoglegQrContract : SolverContract
{
    protected override Solver Solver { get; } = new Dogleg { LinearSolver = LinearSolver.Qr };
}

/// <summary>Inexact steps leave an error, so that the last one must be smaller for the same accuracy.</summary>
internal static class Inexact
{
    public static StoppingRule Stopping { get; } = new() { CostTolerance = 1e-12, GradientTolerance = 1e-7 };
}

namespace Retrodict.Tests.Solvers;

public sealed class GaussNewtonQrContract : SolverContract
{
    protected override Solver Solver { get; } = new GaussNewton { LinearSolver = LinearSolver.Qr };
}

public sealed class GaussNewtonLsmrContract : SolverContract
{
    protected override Solver Solver { get; } = new GaussNewton { LinearSolver = LinearSolver.Lsmr };
}

public sealed class GaussNewtonConjugateGradientsContract : SolverContract
{
    protected override Solver Solver { get; } = new GaussNewton { LinearSolver = LinearSolver.ConjugateGradients };
}

public sealed class NewtonContract : SolverContract
{
    protected override Solver Solver { get; } = new Newton();
}

public sealed class NewtonCgContract : SolverContract
{
    protected override Solver Solver { get; } = new NewtonCg();
}

public sealed class DoglegContract : SolverContract
{
    protected override Solver Solver { get; } = new Dogleg();
}

public sealed class DoglegLsmrContract : SolverContract
{
    protected override Solver Solver { get; } = new Dogleg { LinearSolver = LinearSolver.Lsmr };
}

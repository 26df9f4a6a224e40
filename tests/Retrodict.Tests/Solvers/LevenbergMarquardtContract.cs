namespace Retrodict.Tests.Solvers;

public sealed class LevenbergMarquardtContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt();
}

public sealed class LevenbergMarquardtQrContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { LinearSolver = LinearSolver.Qr };
}

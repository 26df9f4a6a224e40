namespace Retrodict.Tests.Solvers;

public sealed class LevenbergMarquardtContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt();
}

public sealed class LevenbergMarquardtQrContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { LinearSolver = LinearSolver.Qr };
}

public sealed class LevenbergMarquardtLsmrContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr, Stopping = Inexact.Stopping };
}

public sealed class LevenbergMarquardtConjugateGradientsContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { LinearSolver = LinearSolver.ConjugateGradients, Stopping = Inexact.Stopping };
}

public sealed class LevenbergMarquardtGeodesicContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { GeodesicAcceleration = true };
}

public sealed class LevenbergMarquardtNonmonotoneContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { TrustRegion = new TrustRegionOptions { Memory = 5 } };
}

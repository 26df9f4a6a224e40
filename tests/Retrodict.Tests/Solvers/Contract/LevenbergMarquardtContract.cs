namespace Retrodict.Tests.Solvers;

/// <summary>At its own tolerances the last steps are rounding, and no two paths compare to the bit: the contracts take the general rule's.
/// NIST's regressions hold the solver as it comes.</summary>
public sealed class LevenbergMarquardtContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { Stopping = new StoppingRule() };
}

public sealed class LevenbergMarquardtQrContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { LinearSolver = LinearSolver.Qr, Stopping = new StoppingRule() };
}

public sealed class LevenbergMarquardtLsmrContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr, Stopping = Inexact.Stopping };
}

public sealed class LevenbergMarquardtConjugateGradientsContract : SolverContract
{
    protected override Solver Solver { get; } =
        new LevenbergMarquardt { LinearSolver = LinearSolver.ConjugateGradients, Stopping = Inexact.Stopping };
}

public sealed class LevenbergMarquardtGeodesicContract : SolverContract
{
    protected override Solver Solver { get; } = new LevenbergMarquardt { GeodesicAcceleration = true, Stopping = new StoppingRule() };
}

public sealed class LevenbergMarquardtNonmonotoneContract : SolverContract
{
    protected override Solver Solver { get; } =
        new LevenbergMarquardt { TrustRegion = new TrustRegionOptions { Memory = 5 }, Stopping = new StoppingRule() };
}

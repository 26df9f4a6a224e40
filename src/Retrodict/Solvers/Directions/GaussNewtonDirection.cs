namespace Retrodict.Solvers;

/// <summary>The Gauss-Newton direction on the free unknowns: p minimizes ‖r + J p‖ with p = 0 where a bound holds (see <see cref="ActiveSetDirection"/>).</summary>
internal sealed class GaussNewtonDirection(Objective model, LinearizedResiduals linearized, DampedSolver solver) : ActiveSetDirection(model)
{
    protected override ReadOnlySpan<double> Curvature => linearized.Diagonal;

    public override bool Linearize(Iterate iterate) => linearized.Linearize(iterate);

    protected override void SolveFree(Iterate iterate, ReadOnlySpan<int> free)
    {
        solver.Prepare(iterate, free, 0, linearized.Diagonal);
        solver.Solve(iterate, iterate.Corrected, iterate.Gradient, iterate.Direction);
        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
    }
}

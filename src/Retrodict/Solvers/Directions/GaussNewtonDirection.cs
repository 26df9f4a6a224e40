namespace Retrodict.Solvers;

/// <summary>The Gauss-Newton direction on the free unknowns: p minimizes ‖r + J p‖ with p = 0 where a bound holds (see
/// <see cref="ActiveSetDirection"/>).</summary>
internal sealed class GaussNewtonDirection(Objective objective, LinearizedResiduals linearized, DampedSolver solver)
    : ActiveSetDirection(objective)
{
    protected override ReadOnlySpan<double> Curvature => linearized.Diagonal;

    public override bool Linearize(Point point, ProposalDraft draft) => linearized.Linearize(point, draft);

    protected override void SolveFree(Point point, ProposalDraft draft, ReadOnlySpan<int> free)
    {
        solver.Prepare(point, free, 0, linearized.Diagonal);
        solver.Solve(point, point.Corrected, point.Gradient, draft.Direction);
        point.CountLinearSolve();
    }
}

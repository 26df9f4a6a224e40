namespace Retrodict.Solvers;

/// <summary>All steps that are allowed have been taken.</summary>
internal sealed class IterationsCriterion(int limit) : Criterion
{
    public override StoppingCriterion Name => StoppingCriterion.Iterations;

    public override SolveStatus Status => SolveStatus.MaxIterations;

    public override bool IsMet(DescentState state) => state.Point.Iterations >= limit;
}

namespace Retrodict.Solvers;

/// <summary>Many steps in a row have gained little.</summary>
internal sealed class StallCriterion(double tolerance, int patience) : Criterion
{
    private int _inARow;

    public override StoppingCriterion Name => StoppingCriterion.Stall;

    public override SolveStatus Status => SolveStatus.Stalled;

    public override void Begin() => _inARow = 0;

    public override bool IsMet(DescentState state)
    {
        _inARow = state.Change <= tolerance * state.CostBefore ? _inARow + 1 : 0;
        return _inARow >= patience;
    }
}

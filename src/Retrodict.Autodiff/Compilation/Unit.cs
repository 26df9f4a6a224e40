namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// What one step of a plan computes: a node that is not elementwise, a group of elementwise nodes, or such a node with the group behind it.
/// </summary>
/// <param name="Host">The node that is not elementwise; -1 if there is none.</param>
/// <param name="Members">The elementwise nodes in program order.</param>
internal sealed record Unit(int Host, int[] Members)
{
    /// <summary>All nodes, the host first.</summary>
    public int[] Nodes => Host < 0 ? Members : [Host, .. Members];
}

using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>A single search, as the loop makes it.</summary>
internal static class Searching
{
    /// <summary>A start with its gradient and a proposed step.</summary>
    public static DescentState At(Objective objective, double[] x, double[] direction, SolveLimits? limits = null)
    {
        DescentState state = new(objective, limits ?? SolveLimits.None);
        state.Point.Begin(new double[objective.Problem.Observations], x);
        state.Point.ComputeGradient();
        direction.CopyTo(state.Proposal.Direction);
        return state;
    }

    /// <summary>Searches, and moves to what was accepted.</summary>
    public static SearchOutcome Search(this DescentState state, Globalizer globalizer)
    {
        state.Trial.Begin(state.Proposal);
        SearchOutcome outcome = globalizer.Search(state.Point, state.Proposal, state.Trial);
        if (outcome == SearchOutcome.Accepted)
        {
            state.Point.MoveTo(state.Trial);
        }

        return outcome;
    }
}

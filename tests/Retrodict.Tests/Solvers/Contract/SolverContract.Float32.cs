using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>Model evaluations in single precision.</content>
public abstract partial class SolverContract
{
    /// <summary>The tolerances are those of doubles; what cannot be met is up to rounding.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void In_single_precision_the_objective_found_is_the_minimum_to_that_precision(string name)
    {
        ContractCase c = Case(name);
        SolveResult expected = c.SolveWith(Solver);
        SolveResult actual = c.SolveWith(Solver with { Precision = Precision.Float32 });
        Assert.True(
            actual.Status == SolveStatus.Converged
                || ((MayStallAtRounding || MayStallInSinglePrecision) && actual.Status == SolveStatus.Stalled), $"{actual}");

        // At the point found, by the textbook: what the solver itself thinks of it is single precision too.
        double cost = new ReferenceObjective(c.Problem, c.Observation).Cost([.. actual.X]);
        Assert.InRange(cost, 0, ((1 + (MayStallAtRounding ? 1e-4 : 1e-5)) * expected.Summary.Cost) + 1e-9);
        Assert.False(c.Problem.Bounds.Project([.. actual.X]));
    }
}

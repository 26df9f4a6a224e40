namespace Retrodict.Tests.Solvers;

/// <summary>What every solver keeps to, whatever its method: one class derived per solver runs all of it.</summary>
public abstract partial class SolverContract
{
    public static TheoryData<string> Cases => [.. ContractCases.All.Keys];

    /// <summary>The solver, with limits generous enough to solve every case.</summary>
    protected abstract Solver Solver { get; }

    protected StoppingRule Stopping => Solver.Stopping;

    protected static StoppingRule Never { get; } = new()
    {
        GradientTolerance = null, StepTolerance = null, CostTolerance = null, ResidualTolerance = null, DiscrepancyTolerance = null,
    };

    /// <summary>The solver with nothing but a limit on iterations and what is added to it.</summary>
    protected Solver Only(Func<StoppingRule, StoppingRule> criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return Solver with { Stopping = criterion(Never with { MaxIterations = Solver.Stopping.MaxIterations }) };
    }

    protected Solver Limited(int iterations) => Solver with { Stopping = Solver.Stopping with { MaxIterations = iterations } };

    private static ContractCase Case(string name) => ContractCases.All[name];

    private static void AssertSameBits(SolveResult expected, SolveResult actual)
    {
        Assert.Equal(expected.X.Select(BitConverter.DoubleToInt64Bits), actual.X.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(expected.Summary, actual.Summary);
        Assert.Equal(expected.History, actual.History);
    }
}

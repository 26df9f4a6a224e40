namespace Retrodict.Tests.Solvers;

/// <summary>What every solver keeps to, whatever its method: one class derived per solver runs all of it.</summary>
public abstract partial class SolverContract
{
    public static TheoryData<string> Cases => [.. ContractCases.All.Keys];

    /// <summary>The solver, with limits generous enough to solve every case.</summary>
    protected abstract Solver Solver { get; }

    /// <summary>Whether the objective falls in every iteration; nonmonotone searches let it rise on the way.</summary>
    protected virtual bool IsMonotone => true;

    /// <summary>How many iterations a solve from a solution may take until it notices: a method that learns curvature from its steps begins
    /// with none.</summary>
    protected virtual int IterationsAtSolution => 2;

    /// <summary>Whether products that only suggest something, a length, a probe, a second derivative of an unknown that is held, may be
    /// lost without a word.</summary>
    protected virtual bool MayIgnoreADerivative => false;

    /// <summary>Whether a solve may say that it stalled where residuals are nearly rounding: steps along the gradient alone see directions
    /// of little effect as squares, which drown in it earlier than the residuals do.</summary>
    protected virtual bool MayStallAtRounding => false;

    /// <summary>Whether a solve may say that it stalled where the model is evaluated in single precision.</summary>
    protected virtual bool MayStallInSinglePrecision => false;

    /// <summary>By how much of the objective a second solve from a solution may end above the first.</summary>
    protected virtual double RoundingAtSolution => 4e-15;

    /// <summary>How well solutions are determined; methods of linear convergence stop further away.</summary>
    protected virtual double SolutionTolerance => 1e-6;

    /// <summary>The unit that a test uses for one that it would like to use. Methods that build on their own past for many iterations make
    /// much of a rounding error; units that are powers of two make none, and then even their paths must be the same.</summary>
    protected virtual double Unit(double wanted) => wanted;

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

    /// <summary>A case as the solver is to meet it.</summary>
    private protected virtual ContractCase Case(string name) => ContractCases.All[name];

    private static void AssertSameBits(SolveResult expected, SolveResult actual)
    {
        Assert.Equal(expected.X.Select(BitConverter.DoubleToInt64Bits), actual.X.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(expected.Summary, actual.Summary);
        Assert.Equal(expected.History, actual.History);
    }
}

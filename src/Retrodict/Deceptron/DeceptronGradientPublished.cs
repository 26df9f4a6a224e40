using System.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// D-IPG in its published form: p = g(y_t - α r) - x from α = 1, with α halved inside g until the objective falls by 4e-5 of the slope
/// along p. As α goes to 0, p goes to g(F(x)) - x and not to 0, so that this is no line search and a failed one ends the solve. For
/// reproduction only; <see cref="DeceptronGradient"/> is the method to use.
/// </summary>
public sealed record DeceptronGradientPublished : PublishedSolver
{
    /// <inheritdoc/>
    public override string Name => "d-ipg-published";

    /// <summary>The learned inverse.</summary>
    public required ReverseMap ReverseMap { get; init; }

    internal override InverseProblem Restate(InverseProblem problem)
    {
        PullBack.Require(ReverseMap, problem);
        return base.Restate(problem);
    }

    internal override Session Open(InverseProblem problem, Objective objective)
    {
        ReverseMapPlans plans = ReverseMapPlans.Compile(ReverseMap, Team);
        return new Session(problem, objective, Stopping, () => Assemble(objective, plans))
        {
            Inverse = new LearnedInverse(objective, ReverseMap, plans, problem.Prior as GaussianPrior, 1),
            LockSteps = !CanLockStep ? null : Precision == Precision.Float64 ? LockSteps<double>(objective) : LockSteps<float>(objective),
        };
    }

    /// <summary>Batches run in lock step where one element type serves model and map, and no criterion is asked for that the published form
    /// does not have.</summary>
    private bool CanLockStep => Precision == ReverseMap.Precision
        && Stopping is { GradientTolerance: null, StepTolerance: null, CostTolerance: null, StallTolerance: null }
        && Stopping is { MaxEvaluations: null, TimeLimit: null };

    private LockStepPool LockSteps<T>(Objective objective)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var plans = new Lazy<PublishedLockStepPlans<T>>(() => new PublishedLockStepPlans<T>(objective, ReverseMap, Team));
        return new LockStepPool(() => new PublishedLockStep<T>(objective, ReverseMap, Stopping, plans.Value));
    }

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) => Assemble(objective, ReverseMapPlans.Compile(ReverseMap, Team));

    private protected override Direction PublishedDirection(Objective objective) => Assemble(objective).Direction;

    private SolverParts Assemble(Objective objective, ReverseMapPlans plans)
    {
        var pullBack = new PullBack(objective, ReverseMap, plans);
        var steps = new LearnedSteps();
        return new SolverParts(new PublishedPullBackDirection(objective), new PublishedPullBackSearch(objective, pullBack, steps))
        {
            Start = new LearnedStart(objective, pullBack, steps, atEstimate: false, goesBack: false),
            Learned = steps,
        };
    }
}

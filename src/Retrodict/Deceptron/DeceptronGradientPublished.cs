using System.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// D-IPG in its published form: p = g(y_t - α r) - x from α = 1, with α halved inside g until the objective falls by 4e-5 of the slope along p. As α goes to 0, p goes to
/// g(F(x)) - x and not to 0, so that this is no line search and a failed one ends the solve. For reproduction only; <see cref="DeceptronGradient"/> is the method to use.
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

    internal override Session Open(InverseProblem problem, Objective model)
    {
        ReverseMapPlans plans = ReverseMapPlans.Compile(ReverseMap, Team);
        return new Session(problem, model, Stopping, () => Assemble(model, plans))
        {
            Inverse = new LearnedInverse(model, ReverseMap, plans, problem.Prior as GaussianPrior, 1),
            LockSteps = !CanLockStep ? null : Precision == Precision.Float64 ? LockSteps<double>(model) : LockSteps<float>(model),
        };
    }

    /// <summary>Batches run in lock step where one element type serves model and map, and no criterion is asked for that the published form does not have.</summary>
    private bool CanLockStep => Precision == ReverseMap.Precision
        && Stopping is { GradientTolerance: null, StepTolerance: null, CostTolerance: null, StallTolerance: null, MaxEvaluations: null, TimeLimit: null };

    private LockStepPool LockSteps<T>(Objective model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var plans = new Lazy<PublishedLockStepPlans<T>>(() => new PublishedLockStepPlans<T>(model, ReverseMap, Team));
        return new LockStepPool(() => new PublishedLockStep<T>(model, ReverseMap, Stopping, plans.Value));
    }

    internal override SolverParts Assemble(Objective model) => Assemble(model, ReverseMapPlans.Compile(ReverseMap, Team));

    private protected override Direction PublishedDirection(Objective model) => Assemble(model).Direction;

    private SolverParts Assemble(Objective model, ReverseMapPlans plans)
    {
        var pullBack = new PullBack(model, ReverseMap, plans);
        var steps = new LearnedSteps();
        return new SolverParts(new PublishedPullBackDirection(model), new PublishedPullBackSearch(model, pullBack, steps))
        {
            Start = new LearnedStart(model, pullBack, steps, atEstimate: false, goesBack: false),
            Learned = steps,
        };
    }
}

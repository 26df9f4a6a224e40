using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// D-IPG, the Deceptron inverse-preconditioned gradient (A. L. Kachhadiya, arXiv 2511.21076 and 2605.13068), with a safeguard: a learned
/// reverse map g turns residuals into steps. The solve begins at P(g(y)), the estimate in the box; if that does not meet the discrepancy, a
/// few learned steps follow while they help; and where they do not, Levenberg-Marquardt goes on from there, so that a poor map costs time
/// and not the solution.
/// </summary>
/// <remarks>
/// <para>Learned steps are x + t p, projected, with p of the form <see cref="PullBackForm"/> and t from a line search along p. They end
/// when p is not finite or not downhill, when the search fails, when a step gains too little, when <see cref="MaxLearnedSteps"/> are taken,
/// or when the map is beyond its <see cref="ReverseMap.Calibration"/>; <see cref="SolveSummary.Learned"/> says which. Then the caller's
/// start is evaluated too, and Levenberg-Marquardt goes on from the lower of the points: learned steps never claim convergence other than
/// by the residual, the discrepancy or a gradient of zero. Should the exact steps end elsewhere than at the discrepancy, they are taken
/// from the caller's start too: see <see cref="SecondStart"/>.</para>
/// <para>One objective holds throughout: the misfit, with what <see cref="Anchor"/> says beside it. Robust losses work: the direction is
/// that of the plain residual, and the line search, the test for descent and the safeguard see the loss. A problem with a mask is refused,
/// as the map needs every component of the observation.</para>
/// <para>Cost: an estimate that meets the discrepancy takes one evaluation of g and one of F. A learned step takes one of g (the other one
/// of the increment is g(y), which the solve has), one of F for each trial, one product with J_Fᵀ, and for each of the
/// <see cref="Probes"/> one product with J_F and one with J_g. What a certificate needs beyond that is computed by
/// <see cref="Session.Certify"/> alone.</para>
/// </remarks>
public sealed record DeceptronGradient : Solver
{
    private readonly int? _probes;
    private readonly int _maxLearnedSteps = 5;
    private readonly double _leastProgress = 0.1;

    /// <summary>With its own stopping rule: a discrepancy of at most 1.05, or the tolerances of <see cref="LevenbergMarquardt"/>.</summary>
    public DeceptronGradient() => Stopping = new LevenbergMarquardt().Stopping with { DiscrepancyTolerance = 1.05 };

    /// <inheritdoc/>
    public override string Name => "d-ipg";

    /// <summary>The learned inverse.</summary>
    public required ReverseMap ReverseMap { get; init; }

    /// <summary>The form of learned directions; null, the default, for the one that the map recommends.</summary>
    public PullBackForm? Form { get; init; }

    /// <summary>Whether Levenberg-Marquardt goes on where learned steps end; default true. Without it such a solve ends as
    /// <see cref="SolveStatus.Stalled"/>.</summary>
    public bool Safeguard { get; init; } = true;

    /// <summary>Whether the solve begins at the learned estimate; default true. The caller's start is then looked at only where the
    /// safeguard takes over. False is for comparisons of steps.</summary>
    public bool StartAtEstimate { get; init; } = true;

    /// <summary>Whether a solve whose exact steps end without meeting the residual or the discrepancy takes them from the caller's start as
    /// well and returns the lower of the points; default true. Where an objective has several minima the estimate may lie beside a worse
    /// one than the start does; only this makes sure that no solve ends above Levenberg-Marquardt alone.</summary>
    public bool SecondStart { get; init; } = true;

    /// <summary>What stands beside the misfit in the objective; null, the default, for the learned errors where the map has them and the
    /// form is not bayesian, else the problem's prior.</summary>
    public SafeguardAnchor? Anchor { get; init; }

    /// <summary>How many probes measure the composition error RJCP at every point where a learned direction is asked for; null, the
    /// default, for those of the map's calibration, or 1. With 0 it is neither measured nor tested.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int? Probes
    {
        get => _probes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(Probes));
            _probes = value;
        }
    }

    /// <summary>The most learned steps before the safeguard takes over; default 5. Without a safeguard the limit on iterations holds
    /// alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int MaxLearnedSteps
    {
        get => _maxLearnedSteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxLearnedSteps));
            _maxLearnedSteps = value;
        }
    }

    /// <summary>The share of the objective that a learned step must promise, with half its slope, to be taken, and gain for another one to
    /// follow; between 0 and 1, default 0.1. Without a safeguard it does not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double LeastProgress
    {
        get => _leastProgress;
        init => _leastProgress = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LeastProgress), value, "LeastProgress must be at least 0 and below 1.");
    }

    /// <summary>The line search along learned directions; four halvings by default, as a direction that needs more is no good
    /// one.</summary>
    public ArmijoOptions LineSearch { get; init; } = new() { MaxBacktracks = 4 };

    /// <summary>How the safeguard accepts steps and steers its radius.</summary>
    public TrustRegionOptions TrustRegion { get; init; } = new();

    /// <summary>How the safeguard solves its least-squares problems; default <see cref="LinearSolver.Automatic"/>.</summary>
    public LinearSolver LinearSolver { get; init; }

    private PullBackForm ChosenForm => Form ?? ReverseMap.Form;

    private SafeguardAnchor ChosenAnchor =>
        Anchor ?? (
            ReverseMap.Errors is not null && ChosenForm != PullBackForm.Bayesian
                ? SafeguardAnchor.LearnedErrors
                : SafeguardAnchor.ProblemPrior);

    internal override InverseProblem Restate(InverseProblem problem)
    {
        PullBack.Require(ReverseMap, problem);
        return ChosenAnchor == SafeguardAnchor.ProblemPrior ? problem : problem with { Prior = null };
    }

    internal override Objective Compile(InverseProblem problem)
    {
        GaussianPrior? errors = ChosenAnchor != SafeguardAnchor.LearnedErrors ? null
            : ReverseMap.Errors ?? throw new InvalidOperationException(
                "The anchor is to be the distribution of the reverse map's errors, but the map has none: set ReverseMap.Errors.");
        return Objective.Compile(Restate(problem), Precision, Team, errors);
    }

    internal override Session Open(InverseProblem problem, Objective objective)
    {
        double[] mean = Mean(problem);
        ReverseMapPlans plans = ReverseMapPlans.Compile(ReverseMap, Team);
        return new Session(problem, objective, Stopping, () => Assemble(objective, plans, mean))
        {
            Inverse = new LearnedInverse(objective, ReverseMap, plans, problem.Prior as GaussianPrior, ProbeCount),
            LockSteps = StartAtEstimate && (Stopping.DiscrepancyTolerance ?? Stopping.ResidualTolerance) is not null
                ? EstimateLockSteps(objective)
                : null,
        };
    }

    private LockStepPool EstimateLockSteps(Objective objective)
    {
        var plans = new Lazy<EstimateLockStepPlans>(() => new EstimateLockStepPlans(objective, Precision, ReverseMap, Team));
        return new LockStepPool(() => new EstimateLockStep(objective, ReverseMap, Stopping, plans.Value));
    }

    /// <inheritdoc/>
    protected override SolverParts Assemble(Objective objective) =>
        Assemble(objective, ReverseMapPlans.Compile(ReverseMap, Team), Mean(objective.Problem));

    private int ProbeCount => Probes ?? ReverseMap.Calibration?.Probes ?? 1;

    private double[] Mean(InverseProblem problem) => ChosenForm != PullBackForm.Bayesian ? []
        : problem.Prior is GaussianPrior prior ? prior.Mean.ToArray()
        : throw new ArgumentException("The bayesian form needs a problem whose prior is a GaussianPrior.", nameof(problem));

    private SolverParts Assemble(Objective objective, ReverseMapPlans plans, double[] mean)
    {
        var settings = new DeceptronSettings(
            ChosenForm, mean, CompositionProbes.Draw(ProbeCount, objective.Unknowns), ReverseMap.Calibration, Safeguard
                ? LeastProgress
                : 0);
        var pullBack = new PullBack(objective, ReverseMap, plans);
        var steps = new LearnedSteps();
        var start = new LearnedStart(objective, pullBack, steps, StartAtEstimate, Safeguard && SecondStart);

        // Its matrices are made when a solve first needs them.
        Lazy<SolverParts>? safeguard = Safeguard
            ? new(() => new LevenbergMarquardt { TrustRegion = TrustRegion, LinearSolver = LinearSolver }.MakeParts(objective))
            : null;
        return new SolverParts(
            new DeceptronDirection(objective, settings, pullBack, start, steps, safeguard),
            new DeceptronSearch(steps, new ProjectedArmijo(LineSearch), safeguard, MaxLearnedSteps, LeastProgress))
        {
            Start = start,
            Learned = steps,
        };
    }
}

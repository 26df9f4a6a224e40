using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// A trained Deceptron: the weights of its reverse map, and of a second head and a forward map where there are such, what observations are
/// standardized by, what is known of its errors, and which problem it belongs to. Immutable; <see cref="Save"/> and <see cref="Load"/> keep
/// it in a file.
/// </summary>
public sealed partial record DeceptronModel
{
    private const string GainName = "gain_map";

    /// <summary>The name of the problem that it was trained for; empty if it is tied to none.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The shapes of x and y.</summary>
    public required ModelShapes Shapes { get; init; }

    /// <summary>How the reverse map is built, and the forward map where there is one.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>The reverse map's parameters, in the layout of its network.</summary>
    public required ReadOnlyMemory<float> ReverseParameters { get; init; }

    /// <summary>The parameters of the head whose Jacobian is the gain, in the same layout; null where there is none.</summary>
    public ReadOnlyMemory<float>? GainParameters
    {
        get;
        init => field = NoneIfEmpty(value);
    }

    /// <summary>How that head is built; null for <see cref="Architecture"/>.</summary>
    public Architecture? GainArchitecture { get; init; }

    /// <summary>The parameters of the learned forward map; null where the true one was given.</summary>
    public ReadOnlyMemory<float>? ForwardParameters
    {
        get;
        init => field = NoneIfEmpty(value);
    }

    /// <summary>What standardization subtracts, [m].</summary>
    public required IReadOnlyList<double> ObservationMean { get; init; }

    /// <summary>What it then divides by, [m].</summary>
    public required IReadOnlyList<double> ObservationDeviation { get; init; }

    /// <summary>The distribution of errors; null if it was not measured.</summary>
    public LearnedErrors? Errors { get; init; }

    /// <summary>What is usual for the map; null if it was not measured.</summary>
    public SafeguardCalibration? Calibration { get; init; }

    /// <summary>
    /// Whether the model belongs to one problem, which <see cref="RequireProblem"/> tells from others; see <see cref="TiedTo"/>.
    /// </summary>
    public bool IsTied => Fingerprint is not null;

    /// <summary>How the problem is recognized; null if the model is tied to none.</summary>
    internal ProblemFingerprint? Fingerprint { get; init; }

    /// <summary>The form of learned steps that suits it.</summary>
    public PullBackForm Form { get; init; }

    /// <summary>
    /// The discrepancy at which a solve ends, as the data then tell nothing more; null where solves go on to convergence: with many more
    /// observations than unknowns the discrepancy is met long before all is known. Default 1.05.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double? DiscrepancyStop
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The discrepancy must be positive, or null for none.");
    }
        = 1.05;

    /// <summary>What stands beside the misfit when a solve goes on; null for the solver's own choice.</summary>
    public SafeguardAnchor? Anchor { get; init; }

    /// <summary>How it was trained, as names and values in words.</summary>
    public IReadOnlyDictionary<string, string> Training { get; init; } = new Dictionary<string, string>();

    private string TrainedFor => Problem.Length == 0 ? "another problem" : $"'{Problem}'";

    /// <summary>The reverse map g, from the standardized observation [m] to the unknown [n], with its weights as constants.</summary>
    public Function ReverseFunction => Architecture.ReverseMap(Shapes).Bake(ReverseParameters.Span);

    /// <summary>
    /// The learned forward map as a model of the observation in its own units, from the unknown's shape to the observation's.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model has none.</exception>
    public Function ForwardFunction
    {
        get
        {
            Function network = StandardizedForward();
            return Function.Trace(
                [("x", Shapes.Unknown)],
                inputs =>
                {
                    Value standardized = network.Apply(inputs[0].Flatten())[0];
                    Value y = (standardized * Value.Constant([.. ObservationDeviation])) + Value.Constant([.. ObservationMean]);
                    return [("y", y.Reshape(Shapes.Observation))];
                },
                "learned forward model");
        }
    }

    /// <summary>The reverse map as solvers take it.</summary>
    public ReverseMap ToReverseMap() => new(ReverseFunction)
    {
        ObservationMean = ObservationMean,
        ObservationDeviation = ObservationDeviation,
        Gain = GainParameters is { } gain ? (GainArchitecture ?? Architecture).ReverseMap(Shapes, GainName).Bake(gain.Span) : null,
        Errors = Errors?.ToPrior(),
        Calibration = Calibration,
        Form = Form,
    };

    /// <summary>
    /// The solver with the model's own settings: form, anchor, and the discrepancy at which it ends or, without one, a share of 1e-5 of the
    /// objective that a step gains.
    /// </summary>
    public DeceptronGradient ToSolver()
    {
        var solver = new DeceptronGradient { ReverseMap = ToReverseMap(), Anchor = Anchor, Precision = Precision.Float32 };
        return DiscrepancyStop is { } discrepancy
            ? solver with { Stopping = solver.Stopping with { DiscrepancyTolerance = discrepancy } }
            : solver with { Stopping = solver.Stopping with { DiscrepancyTolerance = null, CostTolerance = 1e-5 } };
    }

    /// <summary>
    /// The mean over points of RJCP = E ‖J_g(f(x)) J_f(x) ξ - ξ‖² / n with Rademacher ξ, for the forward map f that the
    /// model has learned: how far the Jacobian of its reverse map g is from an inverse of f's. By Hutchinson's identity it
    /// is ‖J_g J_f - I‖² / n on average, over all elements.
    /// </summary>
    /// <param name="unknowns">The points x, [count, n].</param>
    /// <param name="probes">Probes a point, at least 1.</param>
    /// <param name="seed">Their seed.</param>
    /// <exception cref="InvalidOperationException">The model has no forward map.</exception>
    /// <exception cref="ArgumentException">The points are none, or no multiple of n.</exception>
    /// <remarks>Source: A. L. Kachhadiya, arXiv 2605.13068.</remarks>
    public double CompositionError(ReadOnlySpan<double> unknowns, int probes = 4, ulong seed = 7)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
        Function forward = StandardizedForward();
        RequirePoints(unknowns, Shapes.Unknowns);
        return CompositionErrors.Of(ReverseFunction, forward, unknowns, probes, new RandomStream(seed, "composition error")).Average();
    }

    /// <summary>
    /// The model tied to a problem: from then on <see cref="RequireProblem"/> refuses others. Training on a forward model does so by
    /// itself.
    /// </summary>
    /// <param name="problem">The problem, with the true forward model.</param>
    /// <param name="unknowns">The points at which forward models are compared, [count, n]; three of the training's are enough.</param>
    /// <exception cref="ArgumentException">
    /// The problem has other shapes than the model, or the points are none, or no multiple of n.
    /// </exception>
    public DeceptronModel TiedTo(InverseProblem problem, ReadOnlySpan<double> unknowns)
    {
        ArgumentNullException.ThrowIfNull(problem);
        RequireShapes(problem);
        RequirePoints(unknowns, Shapes.Unknowns);
        return this with { Fingerprint = ProblemFingerprint.Of(problem, unknowns.ToArray()) };
    }

    /// <summary>Refuses a problem that the model was not trained for.</summary>
    /// <param name="problem">The problem, with the true forward model.</param>
    /// <exception cref="ArgumentException">
    /// Its shapes are others, or its forward model gives other observations; the message says where.
    /// </exception>
    public void RequireProblem(InverseProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        RequireShapes(problem);
        if (Fingerprint?.Difference(problem, ObservationDeviation) is { } difference)
        {
            throw new ArgumentException(
                $"The model was trained for {TrainedFor}, and this is another problem: {difference}.", nameof(problem));
        }
    }

    /// <summary>The learned forward map from [n] to the standardized observation [m].</summary>
    internal Function StandardizedForward() => ForwardParameters is { } parameters
        ? Architecture.ForwardMap(Shapes).Bake(parameters.Span)
        : throw new InvalidOperationException("The model was trained on the true forward model and has no learned forward map.");

    private static void RequirePoints(ReadOnlySpan<double> unknowns, int components)
    {
        if (unknowns.Length == 0 || unknowns.Length % components != 0)
        {
            throw new ArgumentException(
                $"There are {unknowns.Length} numbers, which are no points of {components} components.", nameof(unknowns));
        }
    }

    private void RequireShapes(InverseProblem problem)
    {
        if (problem.Unknowns != Shapes.Unknowns || problem.Observations != Shapes.Observations)
        {
            throw new ArgumentException(
                $"The model was trained for {TrainedFor} with {Shapes.Unknowns} unknowns and {Shapes.Observations} observations; "
                + $"this problem has {problem.Unknowns} and {problem.Observations}.",
                nameof(problem));
        }
    }

    /// <summary>An array that is null becomes an empty memory on its way here.</summary>
    private static ReadOnlyMemory<float>? NoneIfEmpty(ReadOnlyMemory<float>? parameters) =>
        parameters is { Length: > 0 } ? parameters : null;
}

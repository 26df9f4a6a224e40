using System.Globalization;

namespace Retrodict.Learning;

/// <summary>How a local inverse of a given forward model is learned.</summary>
/// <remarks>
/// The reverse map g learns E ‖g(D (F(x) + noise - mean)) - x‖², whose minimizer is the posterior mean E[x | y]. With
/// <see cref="JacobianPenalty.Plain"/> the penalty is added to that; with <see cref="JacobianPenalty.Bayesian"/> a second head learns the
/// gain, as the two ask for different Jacobians.
/// </remarks>
public sealed record PhysicsTraining
{
    /// <summary>
    /// How g is built; null, the default, for a <see cref="PrincipalArchitecture"/> made from samples with <see cref="Hidden"/> and
    /// <see cref="Layers"/>.
    /// </summary>
    public Architecture? Architecture { get; init; }

    /// <summary>The length of the hidden layers of the default architecture; default 256.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>The hidden layers of the default architecture; default 2.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>The share of the unknown's variance that the default architecture leaves out; default 1e-6.</summary>
    public double NeglectedVariance { get; init; } = 1e-6;

    /// <summary>
    /// The least variance of an observation's component, in units of the noise's, that the default architecture looks at; default 1e-3.
    /// </summary>
    public double LeastSignal { get; init; } = 1e-3;

    /// <summary>Samples that the default architecture is made from; default 4000.</summary>
    public int BasisSamples { get; init; } = 4000;

    /// <summary>How g is trained.</summary>
    public HeadTraining Estimate { get; init; } = new();

    /// <summary>How the Jacobian is trained; default <see cref="JacobianPenalty.None"/>.</summary>
    public JacobianPenalty Penalty { get; init; }

    /// <summary>How the gain's head is trained, with <see cref="JacobianPenalty.Bayesian"/>.</summary>
    public HeadTraining Gain { get; init; } = new();

    /// <summary>The weight of <see cref="JacobianPenalty.Plain"/>, per component; default 1e-3.</summary>
    public double PenaltyWeight { get; init; } = 1e-3;

    /// <summary>Probes a sample of <see cref="JacobianPenalty.Plain"/>, 1 to 4; default 1.</summary>
    public int Probes { get; init; } = 1;

    /// <summary>The form of learned steps that the model recommends; default <see cref="PullBackForm.Increment"/>.</summary>
    public PullBackForm Form { get; init; }

    /// <summary>
    /// The discrepancy at which solves with the model end, or null where they go on to convergence; see
    /// <see cref="DeceptronModel.DiscrepancyStop"/>. Default 1.05.
    /// </summary>
    public double? DiscrepancyStop { get; init; } = 1.05;

    /// <summary>What stands beside the misfit when a solve goes on; see <see cref="DeceptronModel.Anchor"/>.</summary>
    public SafeguardAnchor? Anchor { get; init; }

    /// <summary>Samples of validation, for the choice of parameters; default 500.</summary>
    public int ValidationSamples { get; init; } = 500;

    /// <summary>Samples from which the errors' distribution and the safeguard's thresholds are measured; default 2000.</summary>
    public int CalibrationSamples { get; init; } = 2000;

    /// <summary>The seed of all that is random; default 7.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>
    /// A file that a killed training goes on from; none by default. There are as many files as heads, <c>PATH.estimate</c> and
    /// <c>PATH.gain</c>. They stay: once the model is saved, <see cref="DeleteCheckpoint"/>.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>
    /// Whether to go on from <see cref="Checkpoint"/> where its files exist; default false. A checkpoint of another seed, problem, sampler,
    /// basis or option is refused.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>The files of <see cref="Checkpoint"/> that exist.</summary>
    public IReadOnlyList<string> CheckpointFiles => CheckpointFile.Existing(HeadRun.Heads.Select(CheckpointOf));

    /// <summary>Deletes the files of <see cref="Checkpoint"/>, for when the model is saved.</summary>
    public void DeleteCheckpoint() => CheckpointFile.Delete(CheckpointFiles);

    internal string? CheckpointOf(string head) => Checkpoint is null ? null : $"{Checkpoint}.{head}";

    /// <summary>The settings that decide the result, as text.</summary>
    internal string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}; penalty {Penalty}; estimate {Describe(Estimate)}; "
        + $"gain {(Penalty == JacobianPenalty.Bayesian ? Describe(Gain) : "none")}; weight {PenaltyWeight:R}; probes {Probes}");

    private static string Describe(HeadTraining head) =>
        string.Create(CultureInfo.InvariantCulture, $"{head.Steps} steps of {head.BatchSize}, rate {head.LearningRate:R}");
}

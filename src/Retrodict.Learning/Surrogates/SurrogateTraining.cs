using System.Globalization;

namespace Retrodict.Learning;

/// <summary>
/// How a pair of networks, f for the forward model and g for its local inverse, is learned from data. The default is the published training
/// in three stages for dense networks.
/// </summary>
/// <remarks>Source: A. L. Kachhadiya, arXiv 2605.13068 (three stages) and arXiv 2511.21076 (all losses together).</remarks>
public sealed record SurrogateTraining
{
    /// <summary>How f and g are built; default <see cref="MlpArchitecture"/>.</summary>
    public Architecture Architecture { get; init; } = new MlpArchitecture();

    /// <summary>The stages, in order; default <see cref="ThreeStages"/>.</summary>
    public IReadOnlyList<SurrogateStage> Stages { get; init; } = ThreeStages();

    /// <summary>Samples in a batch; default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Probes a sample of the Jacobian Composition Penalty; default 2.</summary>
    public int Probes { get; init; } = 2;

    /// <summary>Whether probes are standard normal instead of Rademacher numbers; default false.</summary>
    public bool GaussianProbes { get; init; }

    /// <summary>Whether the penalty is the sum over components instead of their mean; default false.</summary>
    public bool SumOverComponents { get; init; }

    /// <summary>The penalty is computed for the first samples of a batch, this many at most; null for all. Default 16.</summary>
    public int? PenaltySamples { get; init; } = 16;

    /// <summary>The standard deviation of the noise of the cycle loss, in standardized units; default 0.02.</summary>
    public double CycleNoise { get; init; } = 0.02;

    /// <summary>Adam's weight decay; default 1e-6.</summary>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>The largest norm of a gradient; default 5.</summary>
    public double GradientClip { get; init; } = 5;

    /// <summary>Whether the learning rate falls along a half cosine; default false.</summary>
    public bool Cosine { get; init; }

    /// <summary>Whether V = Wᵀ, for <see cref="AffineArchitecture"/>; all stages must train both maps then. Default false.</summary>
    public bool Tied { get; init; }

    /// <summary>
    /// Whether <see cref="AffineArchitecture"/> begins with a ridge fit (1e-4) of W and V = (WᵀW + 1e-4 I)⁻¹ Wᵀ instead of
    /// random weights; default true.
    /// </summary>
    public bool RidgeStart { get; init; } = true;

    /// <summary>The seed of all that is random; default 7.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>
    /// A file that a killed training goes on from; none by default. There are as many files as stages, <c>PATH.stage-1</c> and so on. They
    /// stay: once the model is saved, <see cref="DeleteCheckpoint"/>.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>
    /// Whether to go on from <see cref="Checkpoint"/> where its files exist; default false. A checkpoint of another seed, of other data or
    /// options is refused.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>The files of <see cref="Checkpoint"/> that exist.</summary>
    public IReadOnlyList<string> CheckpointFiles => CheckpointFile.Existing(Enumerable.Range(0, Stages.Count).Select(CheckpointOf));

    /// <summary>Deletes the files of <see cref="Checkpoint"/>, for when the model is saved.</summary>
    public void DeleteCheckpoint() => CheckpointFile.Delete(CheckpointFiles);

    internal string? CheckpointOf(int stage) => Checkpoint is null ? null : $"{Checkpoint}.stage-{stage + 1}";

    /// <summary>
    /// The published stages: f by its task; g by reconstruction and cycle; g with the Jacobian Composition Penalty and, for dense networks,
    /// the ties of weights.
    /// </summary>
    /// <param name="epochs">Epochs of the stages, three numbers; null for 140, 100 and 120.</param>
    /// <param name="rates">Their learning rates, three numbers; null for 2e-3, 2e-3 and 1e-3.</param>
    /// <param name="cycle">The weight of the cycle loss, beside 1 for the reconstruction.</param>
    /// <param name="penalty">The weight of the Jacobian Composition Penalty.</param>
    /// <param name="biasTie">The weight of the tie of biases in the last stage.</param>
    /// <param name="composition">The weight of ‖V W - I‖² in the last stage.</param>
    /// <exception cref="ArgumentException">There are other than three epochs or rates.</exception>
    public static IReadOnlyList<SurrogateStage> ThreeStages(
        IReadOnlyList<int>? epochs = null,
        IReadOnlyList<double>? rates = null,
        double cycle = 0.25,
        double penalty = 1,
        double biasTie = 5e-4,
        double composition = 1e-3)
    {
        epochs ??= [140, 100, 120];
        rates ??= [2e-3, 2e-3, 1e-3];
        if (epochs.Count != 3 || rates.Count != 3)
        {
            throw new ArgumentException($"There are three stages, but {epochs.Count} numbers of epochs and {rates.Count} rates.");
        }

        SurrogateLosses inverse = SurrogateLosses.TaskOnly with { Task = 0, Reconstruction = 1, Cycle = cycle };
        return
        [
            new("forward", TrainedMaps.Forward, epochs[0], rates[0], SurrogateLosses.TaskOnly),
            new("reverse", TrainedMaps.Reverse, epochs[1], rates[1], inverse),
            new(
                "penalty",
                TrainedMaps.Reverse,
                epochs[2],
                rates[2],
                inverse with { JacobianComposition = penalty, BiasTie = biasTie, Composition = composition }),
        ];
    }

    /// <summary>The same training with something left out.</summary>
    /// <param name="ablation">What.</param>
    public SurrogateTraining Without(SurrogateAblation ablation) => ablation switch
    {
        SurrogateAblation.None => this,
        SurrogateAblation.UntiedWeights => this with { Tied = true },
        SurrogateAblation.JacobianComposition => Each(losses => losses with { JacobianComposition = 0 }),
        SurrogateAblation.Compositions => Each(losses => losses with { JacobianComposition = 0, Composition = 0 }),
        SurrogateAblation.Reconstruction => Each(losses => losses with { Reconstruction = 0 }),
        SurrogateAblation.Cycle => Each(losses => losses with { Cycle = 0 }),
        _ => throw new ArgumentOutOfRangeException(nameof(ablation), ablation, "There is no such ablation."),
    };

    internal string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}; batch {BatchSize}; probes {Probes} {(GaussianProbes ? "normal" : "Rademacher")} "
        + $"{(SumOverComponents ? "summed" : "averaged")} on {PenaltySamples?.ToString(CultureInfo.InvariantCulture) ?? "all"} samples; "
        + $"cycle noise {CycleNoise:R}; weight decay {WeightDecay:R}; clip {GradientClip:R}; cosine {Cosine}; tied {Tied}; "
        + $"ridge start {RidgeStart}; {string.Join("; ", Stages.Select(stage => stage.Describe()))}");

    /// <exception cref="ArgumentException">The options contradict each other; the message says which.</exception>
    internal void Require(int samples)
    {
        ArgumentNullException.ThrowIfNull(Architecture);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Probes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PenaltySamples ?? 1, 1, nameof(PenaltySamples));
        ArgumentOutOfRangeException.ThrowIfNegative(CycleNoise);
        if (Stages.Count == 0)
        {
            throw new ArgumentException("The training has no stages.");
        }

        foreach (SurrogateStage stage in Stages)
        {
            stage.Losses.Require();
            ArgumentOutOfRangeException.ThrowIfNegative(stage.Epochs, nameof(Stages));
            if (stage.Losses.NeedsLinearParts && Architecture.LinearParts is null)
            {
                throw new ArgumentException(
                    $"Stage '{stage.Name}': {Architecture.Name} has no matrices W and V, "
                    + "so the weights of spectral, bias tie and composition must be 0.");
            }

            if (Tied && (Architecture is not AffineArchitecture || stage.Maps != TrainedMaps.Both))
            {
                throw new ArgumentException(
                    $"Stage '{stage.Name}': tied weights need the affine architecture and stages that train both maps.");
            }
        }

        if (samples < 2)
        {
            throw new ArgumentException("There are no samples to learn from.");
        }
    }

    private SurrogateTraining Each(Func<SurrogateLosses, SurrogateLosses> change) =>
        this with
        {
            Stages =
            [
                .. Stages.Select(stage => stage with { Losses = change(stage.Losses) }).Where(stage => stage.Losses != NothingLeft(stage)),
            ],
        };

    /// <summary>A stage of which nothing is left is left out.</summary>
    private static SurrogateLosses NothingLeft(SurrogateStage stage) => stage.Losses with
    {
        Task = 0, Reconstruction = 0, Cycle = 0, Spectral = 0, BiasTie = 0, Composition = 0, JacobianComposition = 0,
    };
}

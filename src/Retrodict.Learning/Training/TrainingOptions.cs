using System.Globalization;

namespace Retrodict.Learning;

/// <summary>How parameters are trained.</summary>
public sealed record TrainingOptions
{
    private readonly long _steps;
    private readonly double? _clip;
    private readonly double? _averaging;
    private readonly long _validateEvery = 100;
    private readonly long _checkpointEvery = 1000;
    private readonly int? _patience;
    private readonly TimeSpan? _timeLimit;

    /// <summary>How many steps are taken; 0 or more.</summary>
    public required long Steps
    {
        get => _steps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Steps));
            _steps = value;
        }
    }

    /// <summary>The rule that moves the parameters; <see cref="Adam"/> with rate 0.001 by default.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>What the learning rate is multiplied by from step to step; constant by default.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// The largest norm of a gradient; longer ones are shortened to it, the norm being over all parameters together. Off by default.
    /// </summary>
    public double? GradientClip
    {
        get => _clip;
        init => _clip = value is null or > 0 ? value : throw Refused(nameof(GradientClip), value, "above 0, or null to switch it off");
    }

    /// <summary>
    /// The decay d of an exponential moving average of the parameters, at least 0 and below 1: after each step,
    /// average = average + (1 - d_t) (p - average) with d_t = min(d, (1 + t) / (10 + t)), so that the start is forgotten.
    /// The averages are then what is validated, kept and returned. Off by default.
    /// </summary>
    public double? Averaging
    {
        get => _averaging;
        init => _averaging = value is null or (>= 0 and < 1)
            ? value
            : throw Refused(nameof(Averaging), value, "at least 0 and below 1, or null to switch it off");
    }

    /// <summary>
    /// The validation criterion: a number that is lower for better parameters, which are in the layout of
    /// <see cref="TrainingObjective.Trainable"/>, such as an error on data that training never sees
    /// (<see cref="TrainingObjective.MeanLoss"/>). NaN counts as worse than everything. The parameters with the lowest value are returned,
    /// the start among them. Off by default: the last are returned.
    /// </summary>
    public Func<ReadOnlySpan<float>, double>? Validation { get; init; }

    /// <summary>Steps from one validation and report to the next, at least 1; the start and the end have theirs too. Default 100.</summary>
    public long ValidateEvery
    {
        get => _validateEvery;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(ValidateEvery));
            _validateEvery = value;
        }
    }

    /// <summary>
    /// The training ends after this many validations in a row that found nothing better. Off by default; it needs <see cref="Validation"/>.
    /// </summary>
    public int? Patience
    {
        get => _patience;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Patience));
            _patience = value;
        }
    }

    /// <summary>
    /// The most time a training may take, looked at before every step. Off by default; a training that it ended is not reproducible.
    /// </summary>
    public TimeSpan? TimeLimit
    {
        get => _timeLimit;
        init => _timeLimit = value is null || value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TimeLimit), value, "TimeLimit must not be negative; null switches it off.");
    }

    /// <summary>The clock of <see cref="TimeLimit"/>; the system's by default.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether batches are filled ahead on another thread. Default true; the bits are the same.</summary>
    public bool Prefetch { get; init; } = true;

    /// <summary>
    /// A file that holds all of the training's state, so that one that was killed goes on and ends with the same bits; none by default. It
    /// is in the safetensors format, written beside its place and renamed, so it is always whole.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>
    /// Steps from one writing of the checkpoint to the next, at least 1. Default 1000. The end of a training, for whatever reason, is
    /// written too.
    /// </summary>
    public long CheckpointEvery
    {
        get => _checkpointEvery;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(CheckpointEvery));
            _checkpointEvery = value;
        }
    }

    /// <summary>
    /// Whether to go on from <see cref="Checkpoint"/> if there is such a file; else it is replaced. Default false. What decides the result
    /// is checked: <see cref="Identity"/>, options, parameters, objective, and loss and gradient of the first step, which another start,
    /// seed, sampler, data set or forward model changes. The validation must be that of the training that wrote it.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// What a training is called by, such as its seed and its problem; a checkpoint with another value is refused with both. Empty by
    /// default.
    /// </summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } = new Dictionary<string, string>();

    /// <summary>Numbers that validation or batches change on the way, and that a checkpoint therefore keeps; none by default.</summary>
    internal double[] Carried { get; init; } = [];

    /// <summary>All that decides the result, as text, the same under every culture.</summary>
    internal string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"steps {Steps}; {Optimizer.Describe()}; schedule {Schedule.Describe()}; clip {Number(GradientClip)}; "
        + $"averaging {Number(Averaging)}; "
        + $"validation {(Validation is null ? "none" : "given")} every {ValidateEvery}; patience {Number(Patience)}");

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "none";

    private static ArgumentOutOfRangeException Refused(string name, double? value, string right) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {right}."));
}

using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// Trains parameters: compiles an objective with its gradient once and runs steps of it. A step fills data (ahead, on another thread),
/// evaluates loss and gradient, shortens the gradient, and moves the parameters; between the points of the learning curve it allocates
/// nothing. The same start, batches and options give the same bits, for any number of threads and whether or not a training was killed on
/// the way and resumed.
/// </summary>
public sealed class Trainer
{
    private readonly Plan<float> _plan;

    /// <summary>Compiles an objective.</summary>
    /// <param name="objective">What is to be lowered.</param>
    /// <param name="options">How it is compiled, for instance on which threads; null for the default.</param>
    public Trainer(TrainingObjective objective, PlanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Objective = objective;
        _plan = objective.WithGradient().Compile<float>(options);
    }

    /// <summary>What is lowered.</summary>
    public TrainingObjective Objective { get; }

    /// <summary>Trains. Several trainings may run at the same time, each with its own batch source.</summary>
    /// <param name="start">
    /// The parameters to begin with, in the layout of <see cref="TrainingObjective.Trainable"/>; a checkpoint is resumed only if they are
    /// those it began with.
    /// </param>
    /// <param name="batches">Where the data come from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Hears of every point of the learning curve; null for nobody.</param>
    /// <param name="cancellationToken">Ends the training after the step that runs; the result is the best so far.</param>
    /// <exception cref="ArgumentException">The start has the wrong length, or patience is asked for without validation.</exception>
    /// <exception cref="Data.DataFormatException">The checkpoint is damaged or belongs to another training.</exception>
    public TrainingResult Train(
        ReadOnlySpan<float> start,
        IBatchSource batches,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(options);
        Objective.Trainable.CheckLength(start.Length, nameof(start));
        if (options.Patience is not null && options.Validation is null)
        {
            throw new ArgumentException("Patience counts validations, but no Validation is given.", nameof(options));
        }

        var state = new TrainingState(options, start, Objective.Terms.Count);
        using var run = new TrainingRun(Objective, _plan, batches, options, state);
        TrainingCheckpoint? checkpoint =
            options.Checkpoint is null ? null : new TrainingCheckpoint(options, Objective, run.EvaluateFirst());
        checkpoint?.Resume(state);
        return run.Run(checkpoint, progress, cancellationToken);
    }
}

namespace Retrodict.Learning;

/// <summary>What a training found.</summary>
public sealed class TrainingResult
{
    /// <summary>Why it ended.</summary>
    public required TrainingStatus Status { get; init; }

    /// <summary>The steps taken, those before a resumption included.</summary>
    public required long Steps { get; init; }

    /// <summary>
    /// The parameters with the best validation; without validation, or where no criterion was a number, the last ones, or their average
    /// where <see cref="TrainingOptions.Averaging"/> is on.
    /// </summary>
    public required float[] Parameters { get; init; }

    /// <summary>The parameters after the last step, neither selected nor averaged.</summary>
    public required float[] LastParameters { get; init; }

    /// <summary>The step of <see cref="Parameters"/>; null without validation.</summary>
    public long? BestStep { get; init; }

    /// <summary>The validation criterion of <see cref="Parameters"/>; null without validation.</summary>
    public double? BestValidation { get; init; }

    /// <summary>The learning curve: a point for each validation.</summary>
    public required IReadOnlyList<TrainingPoint> History { get; init; }

    /// <summary>The time it took, since the resumption if there was one.</summary>
    public required TimeSpan Elapsed { get; init; }
}

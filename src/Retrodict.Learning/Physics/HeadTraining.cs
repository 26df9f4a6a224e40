namespace Retrodict.Learning;

/// <summary>How long and how fast one head of a Deceptron is trained: Adam on fresh batches with a cosine schedule.</summary>
public sealed record HeadTraining
{
    /// <summary>How many steps; default 6000.</summary>
    public long Steps { get; init; } = 6000;

    /// <summary>Samples in a batch; default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The first learning rate; default 0.002.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Steps from one validation to the next; default 500.</summary>
    public long ValidateEvery { get; init; } = 500;
}

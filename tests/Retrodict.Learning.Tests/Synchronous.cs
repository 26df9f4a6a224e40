namespace Retrodict.Learning.Tests;

/// <summary>Hears of progress on the thread that trains.</summary>
internal sealed class Synchronous(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}

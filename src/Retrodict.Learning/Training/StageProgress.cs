namespace Retrodict.Learning;

/// <summary>Says in every report which stage of a longer training it is about.</summary>
internal sealed class StageProgress(IProgress<TrainingProgress> progress, string stage, int number, int stages)
    : IProgress<TrainingProgress>
{
    /// <summary>The listener to one stage; null where nobody listens.</summary>
    public static StageProgress? Of(IProgress<TrainingProgress>? progress, string stage, int number, int stages) =>
        progress is null ? null : new StageProgress(progress, stage, number, stages);

    public void Report(TrainingProgress value) => progress.Report(value with { Stage = stage, StageNumber = number, Stages = stages });
}

namespace Retrodict.Learning;

internal sealed class TrainingCheckpoint(TrainingOptions options, TrainingObjective objective)
{
    public long Every => options.Checkpoint!.Every;

    public void Resume(TrainingState state) => throw new NotImplementedException($"{objective.Terms.Count} {state.Step}");

    public void Write(TrainingState state) => throw new NotImplementedException($"{objective.Terms.Count} {state.Step}");
}

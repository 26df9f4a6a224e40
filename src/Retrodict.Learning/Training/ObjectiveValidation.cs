using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>See <see cref="TrainingObjective.MeanLoss"/>.</summary>
internal sealed class ObjectiveValidation
{
    private readonly TrainingObjective _objective;
    private readonly Plan<float> _plan;
    private readonly TrainingBatch[] _batches;
    private readonly float[] _parameters;
    private readonly float[] _frozen;

    public ObjectiveValidation(TrainingObjective objective, IBatchSource source, int batches, PlanOptions? options)
    {
        _objective = objective;
        _plan = objective.Function.Compile<float>(options);
        _parameters = new float[objective.Trainable.Length];
        _frozen = objective.Frozen?.Values.ToArray() ?? [];
        _batches = new TrainingBatch[batches];
        for (int step = 0; step < batches; step++)
        {
            _batches[step] = new TrainingBatch(objective.Data);
            source.Fill(step, _batches[step]);
        }
    }

    public double Evaluate(ReadOnlySpan<float> parameters)
    {
        _objective.Trainable.CheckLength(parameters.Length, nameof(parameters));
        parameters.CopyTo(_parameters);
        using Workspace<float> workspace = _plan.Rent();
        _objective.Trainable.BindInputs(workspace, _parameters);
        _objective.Frozen?.Layout.BindInputs(workspace, _frozen);
        double sum = 0;
        foreach (TrainingBatch batch in _batches)
        {
            for (int i = 0; i < batch.Inputs.Count; i++)
            {
                workspace.BindInput(batch.Inputs[i].Name, batch.Buffers[i]);
            }

            workspace.Run();
            sum += workspace.Output(0)[0];
        }

        return sum / _batches.Length;
    }
}

using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>The mean loss over fixed batches as a validation criterion: the same data, and the same noise and probes, every time.</summary>
public sealed class ObjectiveValidation
{
    private readonly TrainingObjective _objective;
    private readonly Plan<float> _plan;
    private readonly TrainingBatch[] _batches;
    private readonly float[] _parameters;
    private readonly float[] _frozen;

    /// <summary>Compiles an objective without its gradient and draws the batches.</summary>
    /// <param name="objective">The objective; it may be another than the one that is trained, as long as it has the same trainable parameters.</param>
    /// <param name="source">Where the batches come from, on data that training never sees.</param>
    /// <param name="batches">How many are drawn, the steps from 0 on; at least 1.</param>
    /// <param name="options">How it is compiled; null for the default.</param>
    public ObjectiveValidation(TrainingObjective objective, IBatchSource source, int batches, PlanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
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

    /// <summary>The mean loss over the batches: a <see cref="ValidationCriterion"/>. One call at a time.</summary>
    /// <param name="parameters">The trained parameters.</param>
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

using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>One training under way: the loop, the workspace and the batches.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingObjective _objective;
    private readonly TrainingOptions _options;
    private readonly TrainingState _state;
    private readonly IBatchSource _source;
    private readonly Workspace<float> _workspace;
    private readonly float[] _gradient;
    private readonly float[] _losses;
    private readonly int[] _dataInputs;
    private readonly long _begin;

    public TrainingRun(TrainingObjective objective, Plan<float> plan, IBatchSource batches, TrainingOptions options, TrainingState state)
    {
        _begin = options.Clock.GetTimestamp();
        _objective = objective;
        _options = options;
        _state = state;
        _gradient = new float[state.Parameters.Length];
        _losses = new float[1 + objective.Terms.Count];
        _dataInputs = [.. objective.Data.Select(data => plan.Inputs.Index().First(input => input.Item.Name == data.Name).Index)];
        _source = batches;
        _workspace = plan.Rent();
        Bind();
    }

    private TimeSpan Elapsed => _options.Clock.GetElapsedTime(_begin);

    /// <summary>Evaluates the first step's batch at the parameters as they are, and takes no step.</summary>
    public FirstStep EvaluateFirst()
    {
        var batch = new TrainingBatch(_objective.Data);
        _source.Fill(0, batch);
        Evaluate(batch);
        return new FirstStep([.. _losses, GradientClipping.Norm(_gradient)]);
    }

    public TrainingResult Run(TrainingCheckpoint? checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var batches = new BatchPipeline(_source, _objective, _state.Step, _options.Steps, _options.Prefetch);
        long written = checkpoint is null || _state.Step == 0 ? -1 : _state.Step;
        TrainingStatus? status = null;
        while (true)
        {
            if (_state.PointIsDue)
            {
                _state.AddPoint();
                progress?.Report(new TrainingProgress(
                    _state.History[^1],
                    _options.Steps,
                    _state.BestStep < 0 ? null : _state.BestStep,
                    _state.BestStep < 0 ? null : _state.BestValidation,
                    Elapsed));
            }

            status ??= Ended(cancellationToken);
            if (checkpoint is not null && written != _state.Step && (status is not null || _state.Step % checkpoint.Every == 0))
            {
                checkpoint.Write(_state);
                written = _state.Step;
            }

            if (status is { } reason)
            {
                return Result(reason);
            }

            if (!TakeStep(batches))
            {
                status = TrainingStatus.NonFinite;
            }
        }
    }

    public void Dispose() => _workspace.Dispose();

    private void Bind()
    {
        _objective.Trainable.BindInputs(_workspace, _state.Parameters);
        if (_objective.Frozen is { } frozen)
        {
            frozen.Layout.BindInputs(_workspace, frozen.Values.ToArray());
        }

        for (int i = 0; i < _losses.Length; i++)
        {
            _workspace.BindOutput(i, _losses, i);
        }

        for (int i = 0; i < _objective.Trainable.Parameters.Count; i++)
        {
            _workspace.BindOutput(_losses.Length + i, _gradient, _objective.Trainable.OffsetAt(i));
        }
    }

    private TrainingStatus? Ended(CancellationToken cancellationToken) =>
        _state.Step >= _options.Steps ? TrainingStatus.Completed
        : _options.Patience is { } patience && _state.Fruitless >= patience ? TrainingStatus.EarlyStopped
        : cancellationToken.IsCancellationRequested ? TrainingStatus.Cancelled
        : _options.TimeLimit is { } limit && Elapsed >= limit ? TrainingStatus.TimeLimit
        : null;

    /// <summary>One step; false where loss or gradient is not finite, and then nothing has changed.</summary>
    private bool TakeStep(BatchPipeline batches)
    {
        Evaluate(batches.Take());
        batches.Return();
        double norm = _options.GradientClip is { } limit ? GradientClipping.Clip(_gradient, limit) : GradientClipping.Norm(_gradient);
        if (!float.IsFinite(_losses[0]) || !double.IsFinite(norm))
        {
            return false;
        }

        _options.Optimizer.Step(_state.Optimizer, _state.Parameters, _gradient, _options.Schedule.Factor(_state.Step, _options.Steps));
        _state.Step++;
        _state.UpdateAverage();
        _state.Count(_losses[0], norm);
        for (int i = 1; i < _losses.Length; i++)
        {
            _state.CountTerm(i - 1, _losses[i]);
        }

        return true;
    }

    private void Evaluate(TrainingBatch batch)
    {
        for (int i = 0; i < _dataInputs.Length; i++)
        {
            _workspace.BindInput(_dataInputs[i], batch.Buffers[i]);
        }

        _workspace.Run();
    }

    private TrainingResult Result(TrainingStatus status)
    {
        bool selected = _state.BestStep >= 0;
        return new TrainingResult
        {
            Status = status,
            Steps = _state.Step,
            Parameters = [.. selected ? _state.Best! : _state.Candidate],
            LastParameters = _state.Parameters,
            BestStep = selected ? _state.BestStep : null,
            BestValidation = selected ? _state.BestValidation : null,
            History = _state.History,
            Elapsed = Elapsed,
        };
    }
}

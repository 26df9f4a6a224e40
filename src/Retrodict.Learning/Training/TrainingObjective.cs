using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// What a training lowers: a traced function of a whole batch. Its inputs are parameters, found by name, and data; its first output is the
/// loss, the others are terms that are reported.
/// </summary>
public sealed class TrainingObjective
{
    private const string LossName = "loss";

    private readonly string[] _terms;
    private readonly Variable[] _data;

    /// <summary>Says which inputs of a function are trained, which are given, and so which are data.</summary>
    /// <param name="function">
    /// Every output is a scalar. The first is the loss, the others are reported; a term that counts stands in the loss too.
    /// </param>
    /// <param name="trainable">The parameters to train; all are inputs of the function.</param>
    /// <param name="frozen">Parameters with fixed values; null for none. All are inputs of the function.</param>
    /// <exception cref="ArgumentException">
    /// A parameter is not an input of the function or of another shape, or is both trained and frozen.
    /// </exception>
    /// <exception cref="ShapeException">An output is not a scalar.</exception>
    public TrainingObjective(Function function, ParameterLayout trainable, FrozenParameters? frozen = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(trainable);
        Function = function;
        Trainable = trainable;
        Frozen = frozen;
        if (function.Outputs.Count == 0)
        {
            throw new ArgumentException($"'{function.Name}' has no outputs; the first must be the loss.", nameof(function));
        }

        foreach (Variable output in function.Outputs)
        {
            if (output.Shape.ElementCount != 1)
            {
                throw new ShapeException(
                    $"The output '{output.Name}' of '{function.Name}' has shape {output.Shape}; losses and terms are scalars. "
                    + $"Reduce it with Mean or Sum.");
            }
        }

        CheckInputs(trainable, "trained");
        if (frozen is not null)
        {
            frozen.Layout.CheckLength(frozen.Values.Length, nameof(frozen));
            CheckInputs(frozen.Layout, "frozen");
            if (frozen.Layout.Parameters.FirstOrDefault(parameter => trainable.Contains(parameter.Name)) is { } both)
            {
                throw new ArgumentException($"'{both.Name}' is both trained and frozen.", nameof(frozen));
            }
        }

        _terms = [.. function.Outputs.Skip(1).Select(output => output.Name)];
        _data = [.. function.Inputs.Where(input => !trainable.Contains(input.Name) && frozen?.Layout.Contains(input.Name) != true)];
    }

    /// <summary>The function of a batch.</summary>
    public Function Function { get; }

    /// <summary>The parameters to train.</summary>
    public ParameterLayout Trainable { get; }

    /// <summary>The parameters with fixed values; null where there are none.</summary>
    public FrozenParameters? Frozen { get; }

    /// <summary>The inputs that every step fills, in the function's order.</summary>
    public IReadOnlyList<Variable> Data => _data;

    /// <summary>Names of the outputs after the loss.</summary>
    public IReadOnlyList<string> Terms => _terms;

    /// <summary>The objective of a batch from that of a sample: the means over the batch of a function's outputs.</summary>
    /// <param name="sample">Of parameters and one sample; every output is a scalar, the first is the loss.</param>
    /// <param name="batchSize">Samples in a batch, at least 1. The data inputs get an axis of this length in front.</param>
    /// <param name="trainable">The parameters to train.</param>
    /// <param name="frozen">Parameters with fixed values; null for none.</param>
    public static TrainingObjective MeanOverBatch(
        Function sample, int batchSize, ParameterLayout trainable, FrozenParameters? frozen = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        string[] data = [.. new TrainingObjective(sample, trainable, frozen).Data.Select(input => input.Name)];
        if (data.Length == 0)
        {
            throw new ArgumentException(
                $"'{sample.Name}' has no inputs but parameters, so there is nothing to take batches of.", nameof(sample));
        }

        Function batch = sample.Batch(batchSize, data);
        Function mean = Function.Trace(
            [.. batch.Inputs.Select(input => (input.Name, input.Shape))],
            inputs =>
            {
                Value[] outputs = batch.Apply([.. inputs]);
                return [.. outputs.Select((output, i) => (batch.Outputs[i].Name, output.Mean()))];
            },
            sample.Name);
        return new TrainingObjective(mean, trainable, frozen);
    }

    /// <summary>
    /// The mean loss over fixed batches as a function of the trained parameters, for <see cref="TrainingOptions.Validation"/>: the same
    /// data, and the same noise and probes, every time. The objective may be another than the one that is trained, as long as it has the
    /// same trainable parameters. The function takes one call at a time.
    /// </summary>
    /// <param name="source">Where the batches come from, on data that training never sees.</param>
    /// <param name="batches">How many are drawn, the steps from 0 on; at least 1.</param>
    /// <param name="options">How it is compiled; null for the default.</param>
    public Func<ReadOnlySpan<float>, double> MeanLoss(IBatchSource source, int batches, PlanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        return new ObjectiveValidation(this, source, batches, options).Evaluate;
    }

    /// <summary>
    /// The loss, the terms, and the gradient with respect to the trained parameters, in their order. The terms do not take part in the
    /// derivative.
    /// </summary>
    internal Function WithGradient()
    {
        (string, Shape)[] inputs = [.. Function.Inputs.Select(input => (input.Name, input.Shape))];
        Function apart = Function.Trace(inputs, values =>
        {
            Value[] outputs = Function.Apply([.. values]);
            return
            [
                .. outputs.Select(
                    (output, i) => (i == 0 ? LossName : Function.Outputs[i].Name, i == 0 ? output : Value.StopGradient(output))),
            ];
        });
        Function vjp = apart.Vjp([.. Trainable.Parameters.Select(parameter => parameter.Name)]);
        return Function.Trace(
            inputs,
            values =>
            {
                Value[] cotangents = [.. apart.Outputs.Select((output, i) => Value.Full(i == 0 ? 1 : 0, output.Shape))];
                Value[] results = vjp.Apply([.. values, .. cotangents]);
                return [.. results.Select((result, i) => (vjp.Outputs[i].Name, result))];
            },
            $"{Function.Name}.training");
    }

    private void CheckInputs(ParameterLayout layout, string kind)
    {
        foreach (Parameter parameter in layout.Parameters)
        {
            Variable input = Function.Inputs.FirstOrDefault(input => input.Name == parameter.Name)
                ?? throw new ArgumentException(
                    $"The {kind} parameter '{parameter}' is not an input of '{Function.Name}' ({string.Join(", ", Function.Inputs)}).");
            if (input.Shape != parameter.Shape)
            {
                throw new ArgumentException(
                    $"The {kind} parameter '{parameter}' has another shape than the input '{input}' of '{Function.Name}'.");
            }
        }
    }
}

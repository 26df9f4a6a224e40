using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>The weighted sum of the losses of f and g, of a batch.</summary>
internal static class SurrogateObjective
{
    /// <summary>The unknowns, [batch, n].</summary>
    public const string Unknown = "x";

    /// <summary>The standardized observations, [batch, m].</summary>
    public const string Observation = "y";

    /// <summary>What is added to observations for the cycle loss, [batch, m].</summary>
    public const string CycleNoise = "cycle_noise";

    /// <summary>Probes of the Jacobian Composition Penalty, [samples, probes, n].</summary>
    public const string Probe = "probe";

    /// <summary>What the penalty's weight is multiplied by in this step, [1].</summary>
    public const string PenaltyFactor = "penalty_factor";

    public static TrainingObjective Create(
        SurrogateMaps maps,
        SurrogateTraining training,
        SurrogateLosses losses,
        bool ramped,
        ParameterLayout trainable,
        FrozenParameters? frozen)
    {
        (int n, int m, int batch) = (maps.Forward.Input.ElementCount, maps.Reverse.Input.ElementCount, training.BatchSize);
        int penalized = Math.Min(training.PenaltySamples ?? batch, batch);
        List<(string, Shape)> inputs = [.. maps.Parameters.Inputs, (Unknown, [batch, n]), (Observation, [batch, m])];
        if (losses.Cycle != 0 && training.CycleNoise > 0)
        {
            inputs.Add((CycleNoise, [batch, m]));
        }

        if (losses.JacobianComposition != 0)
        {
            inputs.Add((Probe, [penalized, training.Probes, n]));
            if (ramped)
            {
                inputs.Add((PenaltyFactor, 1));
            }
        }

        Function sum = Function.Trace(
            inputs,
            values =>
            {
                (Value x, Value y) = (values[Unknown], values[Observation]);
                Value[] parameters = maps.In(values);
                Function forward = maps.ForwardFunction.Batch(batch, maps.ForwardFunction.Inputs[^1].Name);
                Function reverse = maps.ReverseFunction.Batch(batch, maps.ReverseFunction.Inputs[^1].Name);
                List<(string, Value)> terms = [];
                Value loss = Value.FromDouble(0);
                Value fitted = forward.Apply([.. parameters, x])[0];
                Add("task", losses.Task, () => Value.Square(fitted - y).Mean());
                Add("reconstruction", losses.Reconstruction, () => Value.Square(reverse.Apply([.. parameters, fitted])[0] - x).Mean());
                Add("cycle", losses.Cycle, () =>
                {
                    Value noisy = training.CycleNoise > 0 ? y + values[CycleNoise] : y;
                    return Value.Square(forward.Apply([.. parameters, reverse.Apply([.. parameters, noisy])[0]])[0] - noisy).Mean();
                });
                Add("spectral", losses.Spectral, () => Spectral(values[maps.Linear!.ForwardWeight]));
                Add("bias_tie", losses.BiasTie, () => BiasTie(values[maps.Linear!.ForwardBias], values[maps.Linear.ReverseBias]));
                Add("composition", losses.Composition, () => Composition(values[maps.Linear!.ForwardWeight], maps.ReverseWeight(values)));
                Add(
                    "jcp",
                    losses.JacobianComposition,
                    () => Penalty(maps, parameters, x.Slice(0, 0, penalized), values[Probe], training.SumOverComponents),
                    ramped);
                return [("loss", loss), .. terms];

                void Add(string name, double weight, Func<Value> term, bool variable = false)
                {
                    if (weight != 0)
                    {
                        Value value = term();
                        terms.Add((name, value));
                        loss += weight * (variable ? values[PenaltyFactor].Reshape() * value : value);
                    }
                }
            },
            "surrogate");
        return new TrainingObjective(sum, trainable, frozen);
    }

    private static Value Spectral(Value w) => Value.Square(Value.MatMul(w.Permute(), w) - Value.Eye(w.Shape[1])).Sum();

    private static Value BiasTie(Value b, Value c) => b.Shape == c.Shape ? Value.Square(b + c).Sum() : Value.Square(b.Mean() + c.Mean());

    private static Value Composition(Value w, Value v)
    {
        int n = w.Shape[1];
        Value first = v.Shape[0] == n ? v : v.Shape[0] > n
            ? v.Slice(0, 0, n)
            : throw new ArgumentException(
                $"The composition loss needs a first layer of the reverse map with at least {n} rows, but it has {v.Shape[0]}.");
        return Value.Square(Value.MatMul(first, w) - Value.Eye(n)).Sum();
    }

    private static Value Penalty(SurrogateMaps maps, Value[] parameters, Value x, Value probes, bool sum)
    {
        Function push = maps.Composition();
        string tangent = push.Inputs[^1].Name;
        Function all = push.Batch(probes.Shape[1], tangent).Batch(probes.Shape[0], "x", tangent);
        Value errors = Value.Square(all.Apply([.. parameters, x, probes])[^1] - probes);
        return sum ? errors.Sum() * (1.0 / (probes.Shape[0] * probes.Shape[1])) : errors.Mean();
    }
}

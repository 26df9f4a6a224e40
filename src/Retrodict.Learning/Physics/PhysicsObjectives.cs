using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>What the heads of a Deceptron lower when the forward model is given. All are means over a batch and over components.</summary>
internal static class PhysicsObjectives
{
    /// <summary>The unknowns of a batch, [n] a sample.</summary>
    public const string Unknown = "x";

    /// <summary>Standard normal numbers for the observation's noise, [m] a sample.</summary>
    public const string Noise = "noise";

    /// <summary>Probes: Rademacher numbers [probes, n] a sample, or standard normal coordinates [r] of a draw from the prior.</summary>
    public const string Probe = "probe";

    /// <summary>E ‖g(D (F(x) + noise - mean)) - x‖² / n, and the plain penalty if it is asked for.</summary>
    public static TrainingObjective Estimate(
        LearningProblem problem, Network network, ParameterLayout trainable, FrozenParameters? frozen, PhysicsTraining training)
    {
        (int n, int m) = (problem.Shapes.Unknowns, problem.Shapes.Observations);
        Function forward = problem.Standardized();
        bool penalized = training.Penalty == JacobianPenalty.Plain;
        List<(string, Shape)> inputs = [.. network.Parameters.Inputs, (Unknown, n), (Noise, m)];
        if (penalized)
        {
            inputs.Add((Probe, [training.Probes, n]));
        }

        Function sample = Function.Trace(
            inputs,
            values =>
            {
                Value x = values[Unknown];
                Value clean = forward.Apply(x)[0];
                Value error = Value.Square(network.Apply(values, clean + problem.StandardizedNoise(values[Noise])) - x).Mean();
                if (!penalized)
                {
                    return [("loss", error)];
                }

                Value composition = Value.Square(Composition(forward, network, values, x, values[Probe]) - values[Probe]).Mean();
                return [("loss", error + (training.PenaltyWeight * composition)), ("error", error), ("penalty", composition)];
            },
            $"{problem.Name}.estimate");
        return TrainingObjective.MeanOverBatch(sample, training.Estimate.BatchSize, trainable, frozen);
    }

    /// <summary>
    /// E ‖J_g v - K v‖² / n with v = J_f ξ + η, ξ = L z from the prior, η from the noise. As E ‖J_g v - ξ‖² is this plus
    /// the constant E ‖K v - ξ‖² for the gain K, the linear estimate of ξ from v, both have the same gradient on average;
    /// without the part that no map can tell it needs far fewer samples. K v = L (I + A^T A)⁻¹ A^T S^-½ v with
    /// A = S^-½ D F' L.
    /// </summary>
    public static TrainingObjective Gain(
        LearningProblem problem, Network network, ParameterLayout trainable, FrozenParameters? frozen, PriorDirections prior, int batchSize)
    {
        (int n, int m) = (problem.Shapes.Unknowns, problem.Shapes.Observations);
        int r = prior.Count;
        Function forward = problem.Standardized();
        Function jvp = forward.Jvp("x");
        Function columns = jvp.Batch(r, jvp.Inputs[1].Name);
        Function tangent = network.Function.Jvp(Network.InputName);
        Function sample = Function.Trace(
            [.. network.Parameters.Inputs, (Unknown, n), (Noise, m), (Probe, r)],
            values =>
            {
                Value x = values[Unknown];
                Value directions = Value.Constant(prior.Columns, [r, n]);
                Value[] pushed = columns.Apply(x, directions);
                Value clean = forward.Apply(x)[0];
                Value deviation = Value.Constant([.. problem.NoiseDeviations()]);
                Value v = Value.MatMul(values[Probe], pushed[^1]) + (values[Noise] * deviation);
                Value whitened = pushed[^1] / deviation;
                Value normal = Value.MatMul(whitened, whitened.Permute()) + Value.Eye(r);
                Value coordinates = Value.SolvePositiveDefinite(normal, Value.MatMul(whitened, v / deviation).Reshape(r, 1)).Flatten();
                Value target = Value.StopGradient(Value.MatMul(coordinates, directions));
                Value pulled = tangent.Apply([.. network.Parameters.Inputs.Select(input => values[input.Name]), clean, v])[^1];
                return [("loss", Value.Square(pulled - target).Mean() * (1 / prior.MeanVariance))];
            },
            $"{problem.Name}.gain");
        return TrainingObjective.MeanOverBatch(sample, batchSize, trainable, frozen);
    }

    /// <summary>J_g(f(x)) J_f(x) ξ for every row of probes, forward over forward.</summary>
    private static Value Composition(Function forward, Network network, ValueList values, Value x, Value probes)
    {
        Function push = Function.Trace(
            [.. network.Parameters.Inputs, ("x", x.Shape)],
            inputs => [("g", network.Apply(inputs, forward.Apply(inputs["x"])[0]))]).Jvp("x");
        Function all = push.Batch(probes.Shape[0], push.Inputs[^1].Name);
        return all.Apply([.. network.Parameters.Inputs.Select(input => values[input.Name]), x, probes])[^1];
    }
}

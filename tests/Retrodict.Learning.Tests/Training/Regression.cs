using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Training;

/// <summary>A small network that learns a function of two variables from samples, with noise that each step draws.</summary>
internal static class Regression
{
    public const int Samples = 50;
    public const int Batch = 16;

    public static Network Network { get; } = new("network", 2, new Sequential(new Affine(2, 24), Activation.Tanh, new Affine(24, 1)));

    public static TrainingObjective Objective { get; } = TrainingObjective.MeanOverBatch(
        Function.Trace(
            [.. Network.Parameters.Inputs, ("x", 2), ("y", 1)],
            inputs =>
            {
                Value error = Network.Apply(inputs, inputs["x"]) - inputs["y"];
                Value first = inputs["network.0.weight"];
                return [("loss", (error * error).Mean() + (1e-5 * (first * first).Sum())), ("error", Value.Abs(error).Mean())];
            },
            "regression"),
        Batch,
        Network.Parameters);

    public static float[] Start { get; } = Network.Initialize(new RandomStream(1));

    public static float[] Inputs { get; } = Draw();

    public static float[] Targets { get; } =
        [.. Enumerable.Range(0, Samples).Select(i => MathF.Sin(2 * Inputs[2 * i]) * Inputs[(2 * i) + 1])];

    public static SampleBatches Batches(ulong seed = 7) =>
        new(new EpochSampler(Samples, Batch, new RandomStream(seed, "batches")), ("x", Inputs), ("y", Targets));

    public static Func<ReadOnlySpan<float>, double> Validation() => Objective.MeanLoss(Batches(99), 3);

    private static float[] Draw()
    {
        float[] inputs = new float[2 * Samples];
        new RandomStream(2).FillUniform(inputs.AsSpan(), -1, 1);
        return inputs;
    }
}

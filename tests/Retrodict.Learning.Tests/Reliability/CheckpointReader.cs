using Retrodict.Autodiff;
using Retrodict.Learning;
using Retrodict.Randomness;

namespace Retrodict.Reliability;

/// <summary>Resumes a small training from checkpoints.</summary>
internal sealed class CheckpointReader
{
    private static readonly Network _network = new("network", 1, new Sequential(new Affine(1, 2), Activation.Tanh, new Affine(2, 1)));

    private static readonly Trainer _trainer = new(TrainingObjective.MeanOverBatch(
        Function.Trace(
            [.. _network.Parameters.Inputs, ("x", 1), ("y", 1)],
            inputs => [("loss", Value.Square(_network.Apply(inputs, inputs["x"]) - inputs["y"]).Mean())],
            "loss"),
        2,
        _network.Parameters));

    private static readonly float[] _start = _network.Initialize(new RandomStream(1));

    private readonly TrainingOptions _options;

    public CheckpointReader(string path)
    {
        _options = new TrainingOptions
        {
            Steps = 6,
            Averaging = 0.9,
            Validation = parameters => parameters[0],
            ValidateEvery = 2,
            Checkpoint = path,
            CheckpointEvery = 2,
            Prefetch = false,
        };
        using var cancellation = new CancellationTokenSource();
        _trainer.Train(_start, Batches(() => cancellation.Cancel()), _options, null, cancellation.Token);
        Valid = File.ReadAllBytes(path);
        _options = _options with { Resume = true };
    }

    /// <summary>A checkpoint amid the training.</summary>
    public byte[] Valid { get; }

    public void Resume(byte[] checkpoint) =>
        _trainer.Train(_start, Batches(() => { }), _options with { Checkpoint = MutatedReaders.Written(checkpoint, _options.Checkpoint!) });

    private static Source Batches(Action amid) => new Source(amid);

    private sealed class Source(Action amid) : IBatchSource
    {
        public void Fill(long step, TrainingBatch batch)
        {
            if (step == 3)
            {
                amid();
            }

            for (int i = 0; i < 2; i++)
            {
                batch["x"][i] = 0.1f * (step + i);
                batch["y"][i] = 0.3f * i;
            }
        }
    }
}

using System.Text;
using Retrodict.Autodiff;
using Retrodict.Data;
using Retrodict.Learning;
using Retrodict.Randomness;

namespace Retrodict.Reliability;

/// <summary>Readers of what trainings write: tensors, models and checkpoints.</summary>
internal static class LearnedReaders
{
    private const int Unknowns = 3;

    public static IEnumerable<MutatedReader> All(string folder)
    {
        byte[] model = Model(MutatedReaders.In(folder, "model"));
        var checkpoint = new CheckpointReader(MutatedReaders.In(folder, "checkpoint"));
        var damaged = new CheckpointReader(MutatedReaders.In(folder, "metadata of checkpoints"));
        yield return new("safetensors", [model], UseTensors, MutatedReaders.IsFormat);
        yield return new(
            "model",
            [model],
            bytes => UseModel(MutatedReaders.Written(bytes, MutatedReaders.In(folder, "model"))),
            MutatedReaders.IsFormat);
        yield return new(
            "model, damaged metadata",
            Metadata(model),
            bytes => UseModel(Replaced(model, bytes, MutatedReaders.In(folder, "metadata of models"))),
            MutatedReaders.IsFormat);
        yield return new("checkpoint", [checkpoint.Valid], checkpoint.Resume, MutatedReaders.IsFormat);
        yield return new(
            "checkpoint, damaged metadata",
            Metadata(checkpoint.Valid),
            bytes => damaged.Resume(File.ReadAllBytes(Replaced(
                checkpoint.Valid, bytes, MutatedReaders.In(folder, "metadata of checkpoints, replaced")))),
            MutatedReaders.IsFormat);
    }

    private static byte[] Model(string path)
    {
        var problem = new InverseProblem(x => Value.Tanh(x) + (0.1 * x), Unknowns);
        DeceptronModel model = DeceptronTrainer.Train(
            new LearningProblem("small", problem, (random, x) => random.FillNormal(x)),
            new PhysicsTraining
            {
                Hidden = 3,
                Layers = 2,
                BasisSamples = 20,
                ValidationSamples = 20,
                CalibrationSamples = 20,
                Estimate = new HeadTraining { Steps = 2, BatchSize = 4 },
                Gain = new HeadTraining { Steps = 2, BatchSize = 4 },
            });
        model.Save(path);
        return File.ReadAllBytes(path);
    }

    private static void UseTensors(byte[] bytes)
    {
        SafetensorsFile file = SafetensorsFile.Read(new MemoryStream(bytes), "input");
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            _ = file[tensor.Name].Bytes.Length;
            _ = tensor.Count;
        }
    }

    private static void UseModel(string path)
    {
        DeceptronModel model = DeceptronModel.Load(path);

        // What was taken must work, or it should have been refused.
        if (model.Shapes.Unknowns <= 64 && model.Shapes.Observations <= 64)
        {
            _ = model.ReverseFunction.Compile<float>().Evaluate(new float[model.Shapes.Observations]);
            _ = model.ToSolver();
        }
    }

    /// <summary>Inputs "key, zero byte, value", one for every pair of the metadata.</summary>
    private static IReadOnlyList<byte[]> Metadata(byte[] file) =>
    [
        .. SafetensorsFile.Read(new MemoryStream(file), "valid").Metadata
            .Select(pair => Encoding.UTF8.GetBytes($"{pair.Key}\0{pair.Value}")),
    ];

    /// <summary>A file that is whole, but in which one value of the metadata is another.</summary>
    private static string Replaced(byte[] valid, byte[] pair, string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(new MemoryStream(valid), "valid");
        string[] parts = Encoding.UTF8.GetString(pair).Split('\0', 2);
        var metadata = new Dictionary<string, string>(file.Metadata) { [parts[0]] = parts.Length > 1 ? parts[1] : "" };
        new SafetensorsFile(file.Tensors, metadata).Write(path);
        return path;
    }
}

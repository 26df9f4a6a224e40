using System.Globalization;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>
/// A training's state as a file: flat vectors of parameters, average, best and the optimizer's memory, the counters, the sums of the
/// current section of the learning curve and the curve itself, and as text what they belong to.
/// </summary>
internal sealed class TrainingCheckpoint
{
    private const string Kind = "retrodict training checkpoint 1";
    private const int PointHead = 3;

    private readonly string _path;
    private readonly bool _resume;
    private readonly Dictionary<string, string> _metadata;

    public TrainingCheckpoint(TrainingOptions options, TrainingObjective objective)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Checkpoint);
        (_path, _resume, Every) = (options.Checkpoint, options.Resume, options.CheckpointEvery);
        _metadata = new Dictionary<string, string>
        {
            ["format"] = Kind,
            ["options"] = options.Describe(),
            ["parameters"] = string.Join("; ", objective.Trainable.Parameters),
            ["objective"] = $"{objective.Function.Name}: {string.Join("; ", objective.Data)}: "
                + $"{string.Join("; ", objective.Function.Outputs)}",
        };
    }

    public long Every { get; }

    public void Write(TrainingState state)
    {
        int terms = state.Sums.Length - 2;
        int width = PointHead + terms;
        double[] curve = new double[state.History.Count * width];
        long[] steps = [.. state.History.Select(point => point.Step)];
        foreach ((int row, TrainingPoint point) in state.History.Index())
        {
            Span<double> into = curve.AsSpan(row * width, width);
            (into[0], into[1], into[2]) = (point.Loss, point.GradientNorm, point.Validation ?? double.NaN);
            for (int term = 0; term < terms; term++)
            {
                into[PointHead + term] = point.Terms[term];
            }
        }

        List<SafetensorsTensor> tensors =
        [
            new("counters", [5], (ReadOnlySpan<long>)[state.Step, state.Optimizer.Steps, state.BestStep, state.Fruitless, state.Summed]),
            new("best_validation", [], (ReadOnlySpan<double>)[state.BestValidation]),
            new("sums", [state.Sums.Length], (ReadOnlySpan<double>)state.Sums),
            new("curve.steps", [steps.Length], (ReadOnlySpan<long>)steps),
            new("curve", [steps.Length, width], (ReadOnlySpan<double>)curve),
            .. Vectors(state).Select(
                vector => new SafetensorsTensor(vector.Name, [vector.Values.Length], (ReadOnlySpan<float>)vector.Values)),
        ];
        new SafetensorsFile(tensors, _metadata).Write(_path);
    }

    /// <summary>Sets a state to that of the file, if going on is asked for and there is a file.</summary>
    public void Resume(TrainingState state)
    {
        if (!_resume || !File.Exists(_path))
        {
            return;
        }

        SafetensorsFile file = SafetensorsFile.Read(_path);
        foreach ((string name, string text) in _metadata)
        {
            string found = file.Metadata.GetValueOrDefault(name, "nothing");
            if (found != text)
            {
                throw new DataFormatException(
                    $"{Quoted.Name(_path)} cannot be resumed: its {name} are {Quoted.Name(found)}, "
                    + $"but those of this training are {Quoted.Name(text)}.");
            }
        }

        foreach ((string name, float[] values) in Vectors(state))
        {
            Elements(file[name].ToSingle(), values.Length, name).CopyTo(values, 0);
        }

        long[] counters = Elements(file["counters"].ToInt64(), 5, "counters");
        (state.Step, state.Optimizer.Steps, state.BestStep, state.Fruitless, state.Summed) = (
            counters[0], counters[1], counters[2], counters[3], counters[4]);
        state.BestValidation = Elements(file["best_validation"].ToDouble(), 1, "best_validation")[0];
        Elements(file["sums"].ToDouble(), state.Sums.Length, "sums").CopyTo(state.Sums);
        ReadCurve(file, state);
    }

    private void ReadCurve(SafetensorsFile file, TrainingState state)
    {
        int width = PointHead + state.Sums.Length - 2;
        long[] steps = file["curve.steps"].ToInt64();
        double[] curve = Elements(file["curve"].ToDouble(), steps.Length * width, "curve");
        for (int row = 0; row < steps.Length; row++)
        {
            Span<double> from = curve.AsSpan(row * width, width);
            state.History.Add(
                new TrainingPoint(steps[row], from[0], from[PointHead..].ToArray(), from[1], state.Best is null ? null : from[2]));
        }
    }

    private static IEnumerable<(string Name, float[] Values)> Vectors(TrainingState state)
    {
        yield return ("parameters", state.Parameters);
        if (state.Average is { } average)
        {
            yield return ("average", average);
        }

        if (state.Best is { } best)
        {
            yield return ("best", best);
        }

        for (int i = 0; i < state.Optimizer.Vectors.Length; i++)
        {
            yield return ($"optimizer.{state.Optimizer.Names[i]}", state.Optimizer.Vectors[i]);
        }
    }

    private T[] Elements<T>(T[] elements, int count, string name) => elements.Length == count
        ? elements
        : throw new DataFormatException(string.Create(
            CultureInfo.InvariantCulture,
            $"{Quoted.Name(_path)} cannot be resumed: {name} has {elements.Length} elements, where {count} are needed."));
}

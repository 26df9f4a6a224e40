using System.Globalization;
using System.Security.Cryptography;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>
/// A training's state as a file: flat vectors of parameters, average, best and the optimizer's memory, the counters, the sums of the
/// current section of the learning curve and the curve itself, and what they belong to.
/// </summary>
internal sealed class TrainingCheckpoint
{
    private const string Kind = "retrodict training checkpoint 2";
    private const string ChecksumName = "checksum";
    private const int PointHead = 3;

    private readonly string _path;
    private readonly TrainingOptions _options;
    private readonly CheckpointOwner _owner;

    public TrainingCheckpoint(TrainingOptions options, TrainingObjective objective, FirstStep first)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Checkpoint);
        (_path, _options) = (options.Checkpoint, options);
        _owner = new CheckpointOwner(Kind, options, objective, first);
    }

    public long Every => _options.CheckpointEvery;

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
            _owner.FirstStep,
            new("counters", [5], (ReadOnlySpan<long>)[state.Step, state.Optimizer.Steps, state.BestStep, state.Fruitless, state.Summed]),
            new("best_validation", [], (ReadOnlySpan<double>)[state.BestValidation]),
            new("carried", [_options.Carried.Length], (ReadOnlySpan<double>)_options.Carried),
            new("sums", [state.Sums.Length], (ReadOnlySpan<double>)state.Sums),
            new("curve.steps", [steps.Length], (ReadOnlySpan<long>)steps),
            new("curve", [steps.Length, width], (ReadOnlySpan<double>)curve),
            .. Vectors(state).Select(
                vector => new SafetensorsTensor(vector.Name, [vector.Values.Length], (ReadOnlySpan<float>)vector.Values)),
        ];
        var metadata = new Dictionary<string, string>(_owner.Metadata) { [ChecksumName] = Checksum(tensors) };
        new SafetensorsFile(tensors, metadata).Write(_path);
    }

    /// <summary>Sets a state to that of the file, if going on is asked for and there is a file.</summary>
    public void Resume(TrainingState state)
    {
        if (!_options.Resume || !File.Exists(_path))
        {
            return;
        }

        SafetensorsFile file = SafetensorsFile.Read(_path);
        if (_owner.Difference(file) is { } difference)
        {
            throw Refused($"{difference}; give the same again, or begin anew without resuming");
        }

        if (file.Metadata.GetValueOrDefault(ChecksumName) != Checksum(file.Tensors))
        {
            throw Refused("it is damaged: its numbers are not those that its checksum was made of");
        }

        long[] counters = Elements(file, "counters", file["counters"].ToInt64(), 5);
        var counts = new CheckpointCounters(counters[0], counters[1], counters[2], counters[3], counters[4]);
        double best = Elements(file, "best_validation", file["best_validation"].ToDouble(), 1)[0];
        List<TrainingPoint> curve = ReadCurve(file, state);
        if (counts.Fault(_options, best, curve) is { } fault)
        {
            throw Refused($"it is damaged: {fault}");
        }

        foreach ((string name, float[] values) in Vectors(state))
        {
            Finite(name, Elements(file, name, file[name].ToSingle(), values.Length), float.IsFinite).CopyTo(values, 0);
        }

        (state.Step, state.Optimizer.Steps, state.BestStep, state.Fruitless, state.Summed) = (
            counts.Step, counts.OptimizerSteps, counts.BestStep, counts.Fruitless, counts.Summed);
        state.BestValidation = best;
        Finite("sums", Elements(file, "sums", file["sums"].ToDouble(), state.Sums.Length), double.IsFinite).CopyTo(state.Sums);
        Finite("carried", Elements(file, "carried", file["carried"].ToDouble(), _options.Carried.Length), double.IsFinite)
            .CopyTo(_options.Carried, 0);
        state.History.AddRange(curve);
    }

    private List<TrainingPoint> ReadCurve(SafetensorsFile file, TrainingState state)
    {
        int width = PointHead + state.Sums.Length - 2;
        long[] steps = file["curve.steps"].ToInt64();
        double[] curve = Elements(file, "curve", file["curve"].ToDouble(), steps.Length * width);
        var points = new List<TrainingPoint>(steps.Length);
        for (int row = 0; row < steps.Length; row++)
        {
            Span<double> from = curve.AsSpan(row * width, width);
            points.Add(new TrainingPoint(steps[row], from[0], from[PointHead..].ToArray(), from[1], state.Best is null ? null : from[2]));
        }

        return points;
    }

    /// <summary>A digest of all elements, in the order of the tensors' names, since a file may order them anew.</summary>
    internal static string Checksum(IEnumerable<SafetensorsTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SafetensorsTensor tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.AppendData(tensor.Bytes);
        }

        return Convert.ToHexString(hash.GetCurrentHash());
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

    private T[] Elements<T>(SafetensorsFile file, string name, T[] elements, int count) => elements.Length == count
        ? elements
        : throw Refused(string.Create(
            CultureInfo.InvariantCulture, $"it is damaged: '{file[name].Name}' has {elements.Length} elements, where {count} are needed"));

    private T[] Finite<T>(string name, T[] elements, Predicate<T> isFinite)
    {
        int bad = Array.FindIndex(elements, element => !isFinite(element));
        return bad < 0
            ? elements
            : throw Refused(string.Create(
                CultureInfo.InvariantCulture, $"it is damaged: '{name}' is {elements[bad]} at position {bad}; it must be finite"));
    }

    private DataFormatException Refused(string why) => new($"{Quoted.Name(_path)} cannot be resumed: {why}.");
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>
/// A model as a safetensors file: weights under their parameters' names, <c>observation.mean</c>, <c>observation.deviation</c>,
/// <c>errors.*</c> and <c>fingerprint.*</c> as float64, all else as metadata.
/// </summary>
internal static class ModelFile
{
    public const string Format = "retrodict-deceptron";

    public const int Version = 1;

    private const string GainName = "gain_map";
    private const string TrainingPrefix = "training.";

    public static void Write(DeceptronModel model, string path)
    {
        List<SafetensorsTensor> tensors = [.. Weights(model.Architecture.ReverseMap(model.Shapes), model.ReverseParameters.Span)];
        if (model.GainParameters is { } gain)
        {
            tensors.AddRange(Weights((model.GainArchitecture ?? model.Architecture).ReverseMap(model.Shapes, GainName), gain.Span));
        }

        if (model.ForwardParameters is { } forward)
        {
            tensors.AddRange(Weights(model.Architecture.ForwardMap(model.Shapes), forward.Span));
        }

        Add("observation.mean", model.ObservationMean);
        Add("observation.deviation", model.ObservationDeviation);
        if (model.Errors is { } errors)
        {
            Add("errors.components", errors.Components);
            Add("errors.variances", errors.Variances);
            Add("errors.remaining", [errors.Remaining]);
        }

        if (model.Fingerprint is { } fingerprint)
        {
            Add("fingerprint.x", fingerprint.Unknowns);
            Add("fingerprint.y", fingerprint.Observations);
        }

        new SafetensorsFile(tensors, Metadata(model)).Write(path);

        void Add(string name, IReadOnlyList<double> values) => tensors.Add(new SafetensorsTensor(name, [values.Count], values.ToArray()));
    }

    public static DeceptronModel Read(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        string format = file.Metadata.GetValueOrDefault("format", "");
        if (format != Format)
        {
            throw new DataFormatException(
                $"{path}: this is no model of a local inverse: its metadata 'format' is '{format}' instead of '{Format}'. "
                + "For published weights there is 'import'.");
        }

        if (Text("version") is var version && version != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new DataFormatException($"{path}: the model has version {version}; this program reads version {Version}.");
        }

        var shapes = new ModelShapes(ShapeOf("unknown"), ShapeOf("observation"));
        Architecture architecture = ArchitectureSettings.Read(Text("architecture"), path);
        Architecture? gainArchitecture = file.Metadata.TryGetValue("gain_architecture", out string? gain)
            ? ArchitectureSettings.Read(gain, path)
            : null;
        var model = new DeceptronModel
        {
            Problem = Text("problem"),
            Shapes = shapes,
            Architecture = architecture,
            GainArchitecture = gainArchitecture,
            ReverseParameters = Parameters(() => architecture.ReverseMap(shapes)),
            GainParameters = HasNetwork(GainName)
                ? Parameters(() => (gainArchitecture ?? architecture).ReverseMap(shapes, GainName))
                : null,
            ForwardParameters = HasNetwork(Architecture.ForwardName) ? Parameters(() => architecture.ForwardMap(shapes)) : null,
            ObservationMean = Vector("observation.mean", shapes.Observations),
            ObservationDeviation = Vector("observation.deviation", shapes.Observations, value => value > 0, "positive"),
            Errors = file.Contains("errors.components") ? Errors() : null,
            Fingerprint = file.Contains("fingerprint.x") ? Fingerprint() : null,
            Calibration = file.Metadata.TryGetValue("calibration", out string? calibration) ? CalibrationOf(calibration) : null,
            Form = Enum.TryParse(Text("form"), true, out PullBackForm form) && Enum.IsDefined(form)
                ? form
                : throw new DataFormatException($"{path}: the form is '{Text("form")}'; it must be increment, tangent or bayesian."),
            DiscrepancyStop = DiscrepancyStop(Text("discrepancy_stop")),
            Anchor = file.Metadata.TryGetValue("anchor", out string? anchor) ? AnchorOf(anchor) : null,
            Training = file.Metadata.Where(pair => pair.Key.StartsWith(TrainingPrefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[TrainingPrefix.Length..], pair => pair.Value, StringComparer.Ordinal),
        };
        RequireUsable(model, path);
        return model;

        string Text(string key) => file.Metadata.TryGetValue(key, out string? value)
            ? value
            : throw new DataFormatException($"{path}: the metadata has no '{key}'.");

        bool HasNetwork(string name) => file.Tensors.Any(tensor => tensor.Name.StartsWith($"{name}.", StringComparison.Ordinal));

        Shape ShapeOf(string key)
        {
            string[] parts = Text(key).Split(',');
            var lengths = new int[parts.Length];
            long elements = 1;
            for (int i = 0; i < parts.Length; i++)
            {
                if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out lengths[i])
                    || lengths[i] < 1
                    || (elements *= lengths[i]) > 1 << 26
                    || parts.Length > 8)
                {
                    throw new DataFormatException(
                        $"{path}: the shape '{key}' is '{Text(key)}'; it must be up to eight positive lengths with a comma between them.");
                }
            }

            return Shape.Of(lengths);
        }

        float[] Parameters(Func<Network> build)
        {
            Network network;
            try
            {
                network = build();
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new DataFormatException($"{path}: the architecture does not suit the shapes: {e.Message}", e);
            }

            float[] values = new float[network.Parameters.Length];
            foreach (Parameter parameter in network.Parameters.Parameters)
            {
                SafetensorsTensor tensor = file.Contains(parameter.Name)
                    ? file[parameter.Name]
                    : throw new DataFormatException($"{path}: there is no tensor '{parameter.Name}'.");
                if (!tensor.Shape.SequenceEqual([.. parameter.Shape]))
                {
                    throw new DataFormatException(
                        $"{path}: '{tensor.Name}' has shape [{string.Join(", ", tensor.Shape.ToArray())}]; "
                        + $"the architecture needs {parameter.Shape}.");
                }

                float[] elements = tensor.ToSingle();
                if (!Array.TrueForAll(elements, float.IsFinite))
                {
                    throw new DataFormatException($"{path}: '{tensor.Name}' has an element that is not finite.");
                }

                elements.CopyTo(network.Parameters.Window(parameter.Name, values.AsSpan()));
            }

            return values;
        }

        double[] Vector(string name, int? length = null, Func<double, bool>? allowed = null, string what = "finite")
        {
            double[] values = file.Contains(name)
                ? file[name].ToDouble()
                : throw new DataFormatException($"{path}: there is no tensor '{name}'.");
            if (length is { } needed && values.Length != needed)
            {
                throw new DataFormatException($"{path}: '{name}' has {values.Length} elements; {needed} are needed.");
            }

            int bad = Array.FindIndex(values, value => !double.IsFinite(value) || allowed?.Invoke(value) == false);
            return bad < 0
                ? values
                : throw new DataFormatException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{path}: '{name}' is {values[bad]} at position {bad}; it must be {what}."));
        }

        double? DiscrepancyStop(string text)
        {
            if (text == "none")
            {
                return null;
            }

            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double stop);
            return isNumber && stop > 0 && double.IsFinite(stop)
                ? stop
                : throw new DataFormatException(
                    $"{path}: the discrepancy at which solves end is '{text}'; it must be a positive number or none.");
        }

        SafeguardAnchor AnchorOf(string text) => Enum.TryParse(text, true, out SafeguardAnchor value) && Enum.IsDefined(value)
            ? value
            : throw new DataFormatException(
                $"{path}: the anchor is '{text}'; it must be {string.Join(", ", Enum.GetNames<SafeguardAnchor>())}.");

        LearnedErrors Errors()
        {
            double[] variances = Vector("errors.variances", null, value => value > 0, "positive");
            return new LearnedErrors(
                Vector("errors.components", shapes.Unknowns * variances.Length),
                variances,
                Vector("errors.remaining", 1, value => value > 0, "positive")[0]);
        }

        ProblemFingerprint Fingerprint()
        {
            double[] x = Vector("fingerprint.x");
            double[] y = file["fingerprint.y"].ToDouble();
            return x.Length % shapes.Unknowns == 0 && y.Length == x.Length / shapes.Unknowns * shapes.Observations
                ? new ProblemFingerprint(x, y)
                : throw new DataFormatException(
                    $"{path}: the fingerprint has {x.Length} and {y.Length} numbers, "
                    + $"which are no points of {shapes.Unknowns} and {shapes.Observations} components.");
        }

        SafeguardCalibration CalibrationOf(string text)
        {
            try
            {
                JsonNode node = ArchitectureSettings.Parse(text) ?? throw new DataFormatException($"{path}: the calibration is empty.");
                return new SafeguardCalibration
                {
                    CompositionThreshold = (double?)node["composition"],
                    DiscrepancyThreshold = (double?)node["discrepancy"],
                    Probes = (int?)node["probes"] ?? 1,
                };
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
            {
                throw new DataFormatException($"{path}: the calibration cannot be read: {e.Message}", e);
            }
        }
    }

    private static void RequireUsable(DeceptronModel model, string path)
    {
        try
        {
            _ = model.ToReverseMap();
        }
        catch (ArgumentException e)
        {
            throw new DataFormatException($"{path}: the model is damaged: {e.Message}", e);
        }
    }

    private static List<SafetensorsTensor> Weights(Network network, ReadOnlySpan<float> values)
    {
        var tensors = new List<SafetensorsTensor>();
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            tensors.Add(new SafetensorsTensor(parameter.Name, [.. parameter.Shape], network.Parameters.Window(parameter.Name, values)));
        }

        return tensors;
    }

    private static Dictionary<string, string> Metadata(DeceptronModel model)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["version"] = Version.ToString(CultureInfo.InvariantCulture),
            ["problem"] = model.Problem,
            ["unknown"] = string.Join(',', model.Shapes.Unknown),
            ["observation"] = string.Join(',', model.Shapes.Observation),
            ["architecture"] = ArchitectureSettings.Write(model.Architecture),
#pragma warning disable CA1308 // Names in files are lower case.
            ["form"] = model.Form.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
        };
        metadata["discrepancy_stop"] = model.DiscrepancyStop?.ToString("R", CultureInfo.InvariantCulture) ?? "none";
        if (model.Anchor is { } anchor)
        {
            metadata["anchor"] = anchor.ToString();
        }

        if (model.GainArchitecture is { } gain)
        {
            metadata["gain_architecture"] = ArchitectureSettings.Write(gain);
        }

        if (model.Calibration is { } calibration)
        {
            var node = new JsonObject { ["probes"] = calibration.Probes };
            if (calibration.CompositionThreshold is { } composition)
            {
                node["composition"] = composition;
            }

            if (calibration.DiscrepancyThreshold is { } discrepancy)
            {
                node["discrepancy"] = discrepancy;
            }

            metadata["calibration"] = node.ToJsonString();
        }

        foreach ((string key, string value) in model.Training)
        {
            metadata[TrainingPrefix + key] = value;
        }

        return metadata;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>Architectures as text in model files, and back.</summary>
internal static class ArchitectureSettings
{
    public static string Write(Architecture architecture)
    {
        JsonObject settings = architecture.Settings();
        settings["name"] = architecture.Name;
        return settings.ToJsonString();
    }

    /// <summary>Reads JSON in which no name stands twice; nodes find that only when they are asked, and then not as damage.</summary>
    /// <exception cref="JsonException">It is no such JSON.</exception>
    public static JsonNode? Parse(string text) =>
        JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });

    public static Architecture Read(string text, string label)
    {
        JsonObject settings;
        try
        {
            settings = Parse(text) as JsonObject ?? throw new DataFormatException($"{label}: the architecture is no JSON object.");
        }
        catch (JsonException e)
        {
            throw new DataFormatException($"{label}: the architecture is no JSON: {e.Message}", e);
        }

        string name = Text("name");
        try
        {
            return name switch
            {
                "affine" => new AffineArchitecture { Slope = Number("slope") },
                "mlp" => new MlpArchitecture { Hidden = settings.ContainsKey("hidden") ? Count("hidden") : null },
                "principal-mlp" => new PrincipalArchitecture(Count("features"), Count("components"))
                {
                    Hidden = Count("hidden"),
                    Layers = Count("layers"),
                },
                "residual-conv-1d" or "residual-conv-2d" or "residual-conv-3d" => new ResidualConvolutionArchitecture(
                    name[^2] - '0', Count("channels"), Count("blocks", 0))
                {
                    Padding = Text("padding") switch
                    {
                        "zero" => PaddingKind.Zero,
                        "circular" => PaddingKind.Circular,
                        var other => throw new DataFormatException(
                            $"{label}: the architecture's padding is '{other}'; it must be zero or circular."),
                    },
                    Tanh = Value<bool>("tanh"),
                },
                _ => throw new DataFormatException($"{label}: there is no architecture '{name}'."),
            };
        }
        catch (ArgumentException e)
        {
            throw new DataFormatException($"{label}: the architecture does not exist: {e.Message}", e);
        }

        string Text(string key) => Value<string>(key);

        double Number(string key) => Value<double>(key);

        int Count(string key, int least = 1) => Value<int>(key) is var count && count >= least && count <= 1 << 20
            ? count
            : throw new DataFormatException(
                $"{label}: the architecture's '{key}' is {settings[key]}; it must be from {least} to {1 << 20}.");

        T Value<T>(string key) => settings[key] is JsonValue value && value.TryGetValue(out T? result)
            ? result
            : throw new DataFormatException($"{label}: the architecture has no '{key}' of the right kind.");
    }
}

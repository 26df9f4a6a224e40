using System.Globalization;
using Retrodict.Learning;

namespace Retrodict.Cli.Rendering;

/// <summary>What a model is, in words.</summary>
internal static class ModelFacts
{
    public static string Mode(DeceptronModel model) =>
        model.Training.GetValueOrDefault("mode") ?? (model.ForwardParameters is null ? "physics" : "surrogate");

    public static string ArchitectureText(DeceptronModel model) => model.Architecture switch
    {
        PrincipalArchitecture principal => string.Create(
            CultureInfo.InvariantCulture,
            $"{principal.Name}: {principal.Features} features of y, {principal.Layers} hidden layers of {principal.Hidden}, "
                + $"{principal.Components} directions of x"),
        MlpArchitecture { Hidden: { } hidden } mlp => string.Create(
            CultureInfo.InvariantCulture, $"{mlp.Name}: a hidden layer of {hidden}"),
        ResidualConvolutionArchitecture convolution => string.Create(
            CultureInfo.InvariantCulture, $"{convolution.Name}: {convolution.Channels} channels, {convolution.Blocks} residual blocks"),
        var other => other.Name,
    };

    public static string ParametersText(DeceptronModel model) =>
        $"{Format.Integer(model.ReverseParameters.Length)} of g"
        + (model.GainParameters is { } gain ? $", {Format.Integer(gain.Length)} of the gain" : "")
        + (model.ForwardParameters is { } forward ? $", {Format.Integer(forward.Length)} of f" : "");
}

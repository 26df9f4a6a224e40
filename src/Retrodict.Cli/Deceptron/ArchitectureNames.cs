using Retrodict.Learning;

namespace Retrodict.Cli.Deceptron;

/// <summary>Architectures by name.</summary>
internal static class ArchitectureNames
{
    /// <summary>The one that is made from samples, and so has no settings to be named here.</summary>
    public const string Principal = "principal-mlp";

    private static readonly Architecture[] _architectures =
    [
        new MlpArchitecture(),
        new AffineArchitecture(),
        new ResidualConvolutionArchitecture(1),
        new ResidualConvolutionArchitecture(2),
        new ResidualConvolutionArchitecture(3),
    ];

    public static IReadOnlyList<string> All { get; } = [Principal, .. _architectures.Select(architecture => architecture.Name)];

    /// <summary>An architecture with its defaults; null for <see cref="Principal"/>.</summary>
    public static Architecture? Create(string name) =>
        name == Principal ? null : Array.Find(_architectures, architecture => architecture.Name == name)
            ?? throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such architecture.");
}

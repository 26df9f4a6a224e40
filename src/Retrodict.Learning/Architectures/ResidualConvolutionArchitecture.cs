using System.Globalization;
using System.Text.Json.Nodes;
using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// The published convolutional pair, for x and y on the same grid: a convolution of width 3 from 1 channel to C, the leaky ReLU, R residual
/// blocks, and a convolution back to one channel; the same for f and g. Parameters: <c>entry.weight</c>, <c>block1.conv1.weight</c>, ...,
/// <c>exit.bias</c>.
/// </summary>
/// <param name="SpatialAxes">The axes of the grid: 1, 2 or 3.</param>
/// <param name="Channels">C, at least 1.</param>
/// <param name="Blocks">R, 0 or more.</param>
/// <remarks>Source: A. L. Kachhadiya, arXiv 2605.13068, with C = 12 and R = 2 for heat-3d, C = 48 and R = 4 for allen-cahn-2d.</remarks>
public sealed record ResidualConvolutionArchitecture(int SpatialAxes, int Channels = 12, int Blocks = 2) : Architecture
{
    /// <summary>What fields are continued with beyond the grid; zeros by default, circular for periodic problems.</summary>
    public PaddingKind Padding { get; init; }

    /// <summary>Whether g ends with a hyperbolic tangent, for unknowns in [-1, 1]; default false.</summary>
    public bool Tanh { get; init; }

    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"residual-conv-{SpatialAxes}d");

    /// <inheritdoc/>
    public override Network ReverseMap(ModelShapes shapes, string name = ReverseName) => Build(shapes, name, Tanh);

    /// <inheritdoc/>
    public override Network ForwardMap(ModelShapes shapes, string name = ForwardName) => Build(shapes, name, false);

    internal override JsonObject Settings() => new()
    {
        ["axes"] = SpatialAxes,
        ["channels"] = Channels,
        ["blocks"] = Blocks,
        ["padding"] = Padding == PaddingKind.Circular ? "circular" : "zero",
        ["tanh"] = Tanh,
    };

    private Network Build(ModelShapes shapes, string name, bool tanh)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentOutOfRangeException.ThrowIfNegative(Blocks);
        if (Padding is not (PaddingKind.Zero or PaddingKind.Circular))
        {
            throw new ArgumentException($"The padding is {Padding}; it must be Zero or Circular.");
        }

        if (shapes.Unknown.Rank != SpatialAxes || shapes.Observation != shapes.Unknown)
        {
            throw new ArgumentException(
                $"{Name} needs x and y on the same grid with {SpatialAxes} axes, "
                + $"but x has shape {shapes.Unknown} and y {shapes.Observation}; take mlp or principal-mlp.");
        }

        int n = shapes.Unknowns;
        var links = new List<(string, Layer)>
        {
            ("", new Reshape(Shape.Of([1, .. shapes.Unknown]))),
            ("entry", new Convolution(SpatialAxes, 1, Channels) { Padding = Padding }),
            ("", Activation.LeakyRelu()),
        };
        for (int i = 1; i <= Blocks; i++)
        {
            links.Add(
                (string.Create(CultureInfo.InvariantCulture, $"block{i}"), new ResidualBlock(SpatialAxes, Channels) { Padding = Padding }));
        }

        links.Add(("exit", new Convolution(SpatialAxes, Channels, 1) { Padding = Padding }));
        links.Add(("", new Reshape(n)));
        if (tanh)
        {
            links.Add(("", Activation.Tanh));
        }

        return Flat(name, n, n, [.. links]);
    }
}

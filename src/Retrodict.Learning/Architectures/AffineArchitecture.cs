using System.Text.Json.Nodes;

namespace Retrodict.Learning;

/// <summary>
/// The affine module: f = s(W x + b) and g = s⁻(V y + c), where s is the identity or the leaky ReLU, s⁻ its mirror (slope 1 / a below
/// zero), and V is not tied to W. Parameters: <c>linear.weight</c>, <c>linear.bias</c>.
/// </summary>
/// <remarks>Source: A. L. Kachhadiya, arXiv 2511.21076, section 3.</remarks>
public sealed record AffineArchitecture : Architecture
{
    private readonly double _slope = 1;

    /// <summary>The slope a of the activation below zero, above 0; 1, the default, is the identity, 0.1 the published leaky ReLU.</summary>
    public double Slope
    {
        get => _slope;
        init => _slope = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Slope), value, "The slope must be positive and finite.");
    }

    /// <inheritdoc/>
    public override string Name => "affine";

    internal override LinearParts LinearParts => new("linear.weight", "linear.bias", "linear.weight", "linear.bias");

    /// <inheritdoc/>
    public override Network ReverseMap(ModelShapes shapes, string name = ReverseName)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        return Flat(name, shapes.Observations, shapes.Unknowns, Links(shapes.Observations, shapes.Unknowns, 1 / Slope));
    }

    /// <inheritdoc/>
    public override Network ForwardMap(ModelShapes shapes, string name = ForwardName)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        return Flat(name, shapes.Unknowns, shapes.Observations, Links(shapes.Unknowns, shapes.Observations, Slope));
    }

    internal override JsonObject Settings() => new() { ["slope"] = Slope };

    private static (string, Layer)[] Links(int inputs, int outputs, double slope) => slope == 1
        ? [("linear", new Affine(inputs, outputs))]
        : [("linear", new Affine(inputs, outputs)), ("", Activation.LeakyRelu(slope))];
}

using System.Text.Json.Nodes;

namespace Retrodict.Learning;

/// <summary>
/// The published dense pair: f = LeakyReLU(W x + b), with the activation on its output, and g with one hidden layer of 2 n. Parameters:
/// <c>linear.weight</c>, <c>linear.bias</c> of f and <c>network.0.weight</c>, ..., <c>network.2.bias</c> of g.
/// </summary>
/// <remarks>Source: A. L. Kachhadiya, arXiv 2605.13068; slopes of 0.1, Kaiming-uniform weights, zero biases.</remarks>
public sealed record MlpArchitecture : Architecture
{
    private readonly int? _hidden;

    /// <summary>The length of the hidden layer, at least 1; null, the default, for 2 n.</summary>
    public int? Hidden
    {
        get => _hidden;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Hidden));
            _hidden = value;
        }
    }

    /// <inheritdoc/>
    public override string Name => "mlp";

    internal override LinearParts LinearParts => new("linear.weight", "linear.bias", "network.0.weight", "network.0.bias");

    /// <inheritdoc/>
    public override Network ReverseMap(ModelShapes shapes, string name = ReverseName)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        int hidden = Hidden ?? (2 * shapes.Unknowns);
        var network = new Sequential(new Affine(shapes.Observations, hidden), Activation.LeakyRelu(), new Affine(hidden, shapes.Unknowns));
        return Flat(name, shapes.Observations, shapes.Unknowns, ("network", network));
    }

    /// <inheritdoc/>
    public override Network ForwardMap(ModelShapes shapes, string name = ForwardName)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        return Flat(
            name,
            shapes.Unknowns,
            shapes.Observations,
            ("linear", new Affine(shapes.Unknowns, shapes.Observations)),
            ("", Activation.LeakyRelu()));
    }

    internal override JsonObject Settings() => Hidden is { } hidden ? new() { ["hidden"] = hidden } : [];
}

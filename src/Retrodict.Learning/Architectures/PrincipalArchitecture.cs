using System.Text.Json.Nodes;

namespace Retrodict.Learning;

/// <summary>
/// A reverse map for smooth or otherwise redundant unknowns: the observation's principal components, a linear estimate from them, and a
/// residual network that corrects it, all in few coordinates:
/// <code>
///   q = Q y                              features: components of the observation that stand out of the noise, each of unit variance
///   h = s(W1 q + b1), h += s(Wi h + bi)  hidden layers, s(v) = v sigmoid(v)
///   g(y) = mu + P (A q + V h + c)        P: principal directions of the unknown
/// </code>
/// Q, P and mu come from samples and stay, A begins as the best linear estimate and V at zero, so that training begins where linear
/// regression ends. See <see cref="PrincipalBasis"/>.
/// </summary>
/// <param name="Features">Components of the observation, at least 1.</param>
/// <param name="Components">Principal directions of the unknown, at least 1.</param>
public sealed record PrincipalArchitecture(int Features, int Components) : Architecture
{
    /// <summary>The length of the hidden layers, at least 1; default 256.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>How many hidden layers, at least 1; default 2.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Where the network begins; null for zeros, which a loaded model replaces.</summary>
    internal PrincipalBasis? Basis { get; init; }

    /// <inheritdoc/>
    public override string Name => "principal-mlp";

    /// <inheritdoc/>
    public override Network ReverseMap(ModelShapes shapes, string name = ReverseName)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1);
        return Flat(
            name,
            shapes.Observations,
            shapes.Unknowns,
            ("", new PrincipalLayer(shapes.Observations, Features, Hidden, Layers, Components, shapes.Unknowns) { Basis = Basis }));
    }

    /// <inheritdoc/>
    public override Network ForwardMap(ModelShapes shapes, string name = ForwardName) =>
        throw new NotSupportedException(
            $"{Name} has no forward map; it learns the inverse of a model that is given. For data alone take mlp or residual-conv.");

    internal override bool Trains(string parameter) =>
        !parameter.StartsWith("features.", StringComparison.Ordinal) && !parameter.StartsWith("output.", StringComparison.Ordinal);

    internal override JsonObject Settings() =>
        new() { ["features"] = Features, ["components"] = Components, ["hidden"] = Hidden, ["layers"] = Layers };
}

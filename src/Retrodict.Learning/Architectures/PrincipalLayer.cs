using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// The network of <see cref="PrincipalArchitecture"/>. Parameters: <c>features.weight</c> (Q), <c>linear.weight</c> (A),
/// <c>hidden.0.weight</c>, ..., <c>head.weight</c> (V), <c>head.bias</c> (c), <c>output.weight</c> (P), <c>output.bias</c> (mu).
/// </summary>
internal sealed record PrincipalLayer(int Observations, int Features, int Hidden, int Layers, int Components, int Unknowns) : Layer
{
    public PrincipalBasis? Basis { get; init; }

    public override IReadOnlyList<Parameter> Parameters =>
    [
        new("features.weight", [Features, Observations], Given(Basis?.Features)),
        new("linear.weight", [Components, Features], Given(Basis?.Linear)),
        .. Enumerable.Range(0, Layers).SelectMany(i => Below(HiddenName(i), HiddenLayer(i)).ToArray()),
        new("head.weight", [Components, Hidden], Initializer.Constant()),
        new("head.bias", Components, Initializer.Constant()),
        new("output.weight", [Unknowns, Components], Given(Basis?.Directions)),
        new("output.bias", Unknowns, Given(Basis?.Mean)),
    ];

    public override Value Apply(Value input, ParameterValues parameters)
    {
        Value q = Value.MatMul(parameters["features.weight"], input);
        Value h = Silu(HiddenLayer(0).Apply(q, parameters.Below(HiddenName(0))));
        for (int i = 1; i < Layers; i++)
        {
            h += Silu(HiddenLayer(i).Apply(h, parameters.Below(HiddenName(i))));
        }

        Value z = Value.MatMul(parameters["linear.weight"], q) + Value.MatMul(parameters["head.weight"], h) + parameters["head.bias"];
        return Value.MatMul(parameters["output.weight"], z) + parameters["output.bias"];
    }

    private static Value Silu(Value x) => x * Value.Sigmoid(x);

    private static string HiddenName(int i) => string.Create(CultureInfo.InvariantCulture, $"hidden.{i}");

    private static Initializer Given(double[]? values) => values is null
        ? Initializer.Constant()
        : Initializer.Given(Array.ConvertAll(values, value => (float)value));

    private Affine HiddenLayer(int i) => new(i == 0 ? Features : Hidden, Hidden);
}

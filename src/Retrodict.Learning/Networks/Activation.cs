using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>A function of each element, without parameters.</summary>
public sealed record Activation : Layer
{
    private readonly ActivationKind _kind;
    private readonly double _slope;

    private Activation(ActivationKind kind, double slope = 0)
    {
        _kind = kind;
        _slope = slope;
    }

    /// <summary>x.</summary>
    public static Activation Identity { get; } = new(ActivationKind.Identity);

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh { get; } = new(ActivationKind.Tanh);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid { get; } = new(ActivationKind.Sigmoid);

    /// <summary>log(1 + exp(x)).</summary>
    public static Activation Softplus { get; } = new(ActivationKind.Softplus);

    /// <summary>x sigmoid(x).</summary>
    public static Activation Silu { get; } = new(ActivationKind.Silu);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <summary>x where it is positive, else slope x.</summary>
    /// <param name="slope">The slope; 0.1 by default, 0 makes it the ReLU.</param>
    public static Activation LeakyRelu(double slope = 0.1) => new(ActivationKind.LeakyRelu, slope);

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _kind switch
        {
            ActivationKind.Identity => input,
            ActivationKind.LeakyRelu => Value.LeakyRelu(input, _slope),
            ActivationKind.Tanh => Value.Tanh(input),
            ActivationKind.Sigmoid => Value.Sigmoid(input),
            ActivationKind.Softplus => Value.Softplus(input),
            ActivationKind.Silu => input * Value.Sigmoid(input),
            _ => throw new InvalidOperationException($"There is no activation '{_kind}'."),
        };
    }

    /// <summary>Which function it is.</summary>
    public override string ToString() =>
        _kind == ActivationKind.LeakyRelu ? string.Create(CultureInfo.InvariantCulture, $"LeakyRelu({_slope:R})") : _kind.ToString();
}

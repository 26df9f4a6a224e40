using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>A function of each element, without parameters.</summary>
/// <param name="Kind">Which function.</param>
/// <param name="Slope">For <see cref="ActivationKind.LeakyRelu"/>, the slope for negative arguments.</param>
public sealed record Activation(ActivationKind Kind, double Slope = 0.1) : Layer
{
    /// <summary>x.</summary>
    public static Activation Identity { get; } = new(ActivationKind.Identity);

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh { get; } = new(ActivationKind.Tanh);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <summary>x where it is positive, else slope x.</summary>
    /// <param name="slope">The slope; 0.1 by default.</param>
    public static Activation LeakyRelu(double slope = 0.1) => new(ActivationKind.LeakyRelu, slope);

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Kind switch
        {
            ActivationKind.Identity => input,
            ActivationKind.LeakyRelu => Value.LeakyRelu(input, Slope),
            ActivationKind.Tanh => Value.Tanh(input),
            ActivationKind.Sigmoid => Value.Sigmoid(input),
            ActivationKind.Softplus => Value.Softplus(input),
            ActivationKind.Silu => input * Value.Sigmoid(input),
            _ => throw new InvalidOperationException($"There is no activation {Kind}."),
        };
    }
}

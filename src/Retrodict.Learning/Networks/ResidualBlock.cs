using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// s(x + c2(s(c1(x)))) with two convolutions that keep the shape and s the leaky ReLU. Parameters: <c>conv1.weight</c>, <c>conv1.bias</c>,
/// <c>conv2.weight</c>, <c>conv2.bias</c>.
/// </summary>
/// <param name="SpatialAxes">1, 2 or 3.</param>
/// <param name="Channels">Channels of input and result.</param>
/// <param name="Kernel">The kernels' length along each spatial axis.</param>
/// <remarks>
/// K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR (2016), figure 2, without normalization.
/// </remarks>
public sealed record ResidualBlock(int SpatialAxes, int Channels, int Kernel = 3) : Layer
{
    /// <summary>The slope of both leaky ReLUs; 0.1 by default.</summary>
    public double Slope { get; init; } = 0.1;

    /// <summary>What the input is continued with; zeros by default.</summary>
    public PaddingKind Padding { get; init; }

    /// <summary>How both kernels begin; <see cref="Initializer.KaimingUniform"/> with slope 0.1 by default.</summary>
    public Initializer Weight { get; init; } = Initializer.KaimingUniform();

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. Below("conv1", Convolution), .. Below("conv2", Convolution)];

    private Convolution Convolution => new(SpatialAxes, Channels, Channels, Kernel) { Padding = Padding, Weight = Weight };

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        Convolution convolution = Convolution;
        Value inner = Value.LeakyRelu(convolution.Apply(input, parameters.Below("conv1")), Slope);
        return Value.LeakyRelu(input + convolution.Apply(inner, parameters.Below("conv2")), Slope);
    }
}

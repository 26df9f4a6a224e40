using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// A convolution that keeps the spatial lengths, from [inputs, spatial axes] to [outputs, spatial axes]. Parameters: <c>weight</c>
/// [outputs, inputs, kernel axes] and <c>bias</c> [outputs]. As everywhere in machine learning the kernel is not reversed.
/// </summary>
/// <param name="SpatialAxes">1, 2 or 3.</param>
/// <param name="Inputs">Channels of the input.</param>
/// <param name="Outputs">Channels of the result.</param>
/// <param name="Kernel">
/// The kernel's length along each spatial axis; odd lengths are centered, even ones reach one element further after than before.
/// </param>
public sealed record Convolution(int SpatialAxes, int Inputs, int Outputs, int Kernel = 3) : Layer
{
    /// <summary>What the input is continued with; zeros by default, <see cref="PaddingKind.Circular"/> for periodic boundaries.</summary>
    public PaddingKind Padding { get; init; }

    /// <summary>How the kernel begins; <see cref="Initializer.KaimingUniform"/> with slope 0.1 by default.</summary>
    public Initializer Weight { get; init; } = Initializer.KaimingUniform();

    /// <summary>How the bias begins; zero by default.</summary>
    public Initializer Bias { get; init; } = Initializer.Constant();

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters
    {
        get
        {
            if (SpatialAxes is < 1 or > 3)
            {
                throw new ArgumentOutOfRangeException(nameof(SpatialAxes), SpatialAxes, "A convolution has 1, 2 or 3 spatial axes.");
            }

            int[] shape =
            [
                Positive(Outputs, nameof(Outputs)),
                Positive(Inputs, nameof(Inputs)),
                .. Enumerable.Repeat(Positive(Kernel, nameof(Kernel)), SpatialAxes),
            ];
            return [new("weight", Shape.Of(shape), Weight), new("bias", Outputs, Bias)];
        }
    }

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Rank != SpatialAxes + 1 || input.Shape[0] != Inputs)
        {
            throw new ShapeException(
                $"convolution: the input has shape {input.Shape}, but the layer takes {Inputs} channels and {SpatialAxes} spatial axes; "
                + "put a Reshape before it.");
        }

        int[] channels = [Outputs, .. Enumerable.Repeat(1, SpatialAxes)];
        return Value.Convolve(
            input, parameters["weight"], new ConvolutionOptions { Padding = Autodiff.Padding.Same, PaddingKind = Padding })
            + parameters["bias"].Reshape(Shape.Of(channels));
    }
}

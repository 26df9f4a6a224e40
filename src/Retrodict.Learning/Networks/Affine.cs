using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>y = W x + b, from [inputs] to [outputs]. Parameters: <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs].</summary>
/// <param name="Inputs">The length of x.</param>
/// <param name="Outputs">The length of y.</param>
public sealed record Affine(int Inputs, int Outputs) : Layer
{
    /// <summary>How W begins; <see cref="Initializer.KaimingUniform"/> with slope 0.1 by default.</summary>
    public Initializer Weight { get; init; } = Initializer.KaimingUniform();

    /// <summary>How b begins; zero by default.</summary>
    public Initializer Bias { get; init; } = Initializer.Constant();

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
    [
        new("weight", [Positive(Outputs, nameof(Outputs)), Positive(Inputs, nameof(Inputs))], Weight),
        new("bias", Outputs, Bias),
    ];

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Shape == (Shape)Inputs
            ? Value.MatMul(parameters["weight"], input) + parameters["bias"]
            : throw new ShapeException(
                $"affine: the input has shape {input.Shape}, but the layer takes [{Inputs}]; put a Reshape before it.");
    }
}

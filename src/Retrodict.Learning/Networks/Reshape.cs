using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>The same elements, row-major, under another shape, for instance from [4096] to [1, 64, 64].</summary>
/// <param name="Shape">The new shape of one sample.</param>
public sealed record Reshape(Shape Shape) : Layer
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Reshape(Shape);
    }
}

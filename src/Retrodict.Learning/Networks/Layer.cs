using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// A part of a network: the parameters it has and what it does with one sample. Batches come from batching the traced function, in which
/// samples share the parameters and a layer is one product for all of them.
/// </summary>
public abstract record Layer
{
    /// <summary>The layer's parameters, by the names it looks them up with.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Applies the layer to one sample.</summary>
    /// <param name="input">The sample, without a batch axis.</param>
    /// <param name="parameters">The values of <see cref="Parameters"/>.</param>
    /// <exception cref="ShapeException">The sample's shape does not suit the layer.</exception>
    public abstract Value Apply(Value input, ParameterValues parameters);

    /// <summary>
    /// The parameters of a layer inside this one, under its name; <see cref="ParameterValues.Below"/> finds their values.
    /// </summary>
    /// <param name="name">The inner layer's name, for instance <c>conv1</c>.</param>
    /// <param name="layer">The inner layer.</param>
    protected static IEnumerable<Parameter> Below(string name, Layer layer) =>
        layer.Parameters.Select(parameter => parameter with { Name = $"{name}.{parameter.Name}" });

    private protected static int Positive(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}

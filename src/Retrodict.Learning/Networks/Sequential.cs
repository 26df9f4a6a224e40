using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>Layers one after the other. Their parameters are called by position, <c>0.weight</c>; layers without parameters count too, as in PyTorch.</summary>
public sealed record Sequential : Layer
{
    private readonly Layer[] _layers;

    /// <summary>A chain of layers.</summary>
    /// <param name="layers">The layers, the first is applied first.</param>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        _layers = layers.ToArray();
        foreach (Layer layer in _layers)
        {
            ArgumentNullException.ThrowIfNull(layer, nameof(layers));
        }
    }

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. _layers.SelectMany((layer, i) => Below(Name(i), layer))];

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            input = _layers[i].Apply(input, parameters.Below(Name(i)));
        }

        return input;
    }

    /// <summary>Whether both have equal layers in the same order.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Sequential? other) => other is not null && _layers.AsSpan().SequenceEqual(other._layers);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (Layer layer in _layers)
        {
            hash.Add(layer);
        }

        return hash.ToHashCode();
    }

    private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);
}

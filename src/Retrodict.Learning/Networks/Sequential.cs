using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// Layers one after the other. Each adds its name to its parameters' names, <c>entry.weight</c>; without names of their own layers are
/// called by position, <c>0.weight</c>, and those without parameters count too, as in PyTorch.
/// </summary>
public sealed record Sequential : Layer
{
    private readonly (string Name, Layer Layer)[] _layers;

    /// <summary>Layers that are called by their positions, from 0.</summary>
    /// <param name="layers">The layers, the first is applied first.</param>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        _layers = new (string, Layer)[layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(layers[i], nameof(layers));
            _layers[i] = (i.ToString(CultureInfo.InvariantCulture), layers[i]);
        }
    }

    /// <summary>Layers with names.</summary>
    /// <param name="layers">Names and layers, the first is applied first. An empty name adds nothing to the names of parameters.</param>
    /// <exception cref="ArgumentException">A name or a layer is missing.</exception>
    public Sequential(params ReadOnlySpan<(string Name, Layer Layer)> layers)
    {
        _layers = layers.ToArray();
        foreach ((string name, Layer layer) in _layers)
        {
            if (name is null || layer is null)
            {
                throw new ArgumentException("A layer is missing, or its name.", nameof(layers));
            }
        }
    }

    /// <summary>Names and layers, in order.</summary>
    public IReadOnlyList<(string Name, Layer Layer)> Layers => _layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [.. _layers.SelectMany(entry => entry.Name.Length == 0 ? entry.Layer.Parameters : Below(entry.Name, entry.Layer))];

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        foreach ((string name, Layer layer) in _layers)
        {
            input = layer.Apply(input, name.Length == 0 ? parameters : parameters.Below(name));
        }

        return input;
    }

    /// <summary>Whether both have equal layers under the same names in the same order.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Sequential? other) => other is not null && _layers.AsSpan().SequenceEqual(other._layers);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach ((string Name, Layer Layer) entry in _layers)
        {
            hash.Add(entry);
        }

        return hash.ToHashCode();
    }
}

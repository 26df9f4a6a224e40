using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>Layers one after the other, each with a name of its own: the parameters of the layer <c>entry</c> are <c>entry.weight</c> and so on. A layer with an empty name adds
/// nothing to its parameters' names.</summary>
public sealed record Chain : Layer
{
    private readonly (string Name, Layer Layer)[] _links;

    /// <summary>A chain of named layers.</summary>
    /// <param name="links">Names and layers, the first is applied first.</param>
    public Chain(params ReadOnlySpan<(string Name, Layer Layer)> links)
    {
        _links = links.ToArray();
        foreach ((string name, Layer layer) in _links)
        {
            if (name is null || layer is null)
            {
                throw new ArgumentException("A link has no name or no layer.", nameof(links));
            }
        }
    }

    /// <summary>Names and layers, in order.</summary>
    public IReadOnlyList<(string Name, Layer Layer)> Links => _links;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [.. _links.SelectMany(link => link.Name.Length == 0 ? link.Layer.Parameters : Below(link.Name, link.Layer))];

    /// <inheritdoc/>
    public override Value Apply(Value input, ParameterValues parameters)
    {
        foreach ((string name, Layer layer) in _links)
        {
            input = layer.Apply(input, name.Length == 0 ? parameters : parameters.Below(name));
        }

        return input;
    }

    /// <summary>Whether both have equal layers under the same names in the same order.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Chain? other) => other is not null && _links.AsSpan().SequenceEqual(other._links);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach ((string Name, Layer Layer) link in _links)
        {
            hash.Add(link);
        }

        return hash.ToHashCode();
    }
}

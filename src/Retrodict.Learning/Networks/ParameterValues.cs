using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>The traced parameters of a layer, by the names it declared them under.</summary>
public readonly struct ParameterValues
{
    private readonly Func<string, Value> _find;
    private readonly string _prefix;

    internal ParameterValues(Func<string, Value> find, string prefix)
    {
        _find = find;
        _prefix = prefix;
    }

    /// <summary>A parameter's value.</summary>
    /// <param name="name">The name inside the layer, for instance <c>weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public Value this[string name] => _find(_prefix + name);

    /// <summary>The parameters of a layer inside the layer.</summary>
    /// <param name="name">Its name, for instance <c>conv1</c>.</param>
    public ParameterValues Below(string name) => new(_find, $"{_prefix}{name}.");
}

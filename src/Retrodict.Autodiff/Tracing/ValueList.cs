using System.Collections;

namespace Retrodict.Autodiff;

/// <summary>The named inputs that a traced body receives, by name or by position.</summary>
public sealed class ValueList : IReadOnlyList<Value>
{
    private readonly IReadOnlyList<Variable> _variables;
    private readonly Value[] _values;

    internal ValueList(IReadOnlyList<Variable> variables, Value[] values)
    {
        _variables = variables;
        _values = values;
    }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <summary>The value at a position.</summary>
    /// <param name="index">From 0.</param>
    public Value this[int index] => _values[index];

    /// <summary>The value with a name.</summary>
    /// <param name="name">The name given when the inputs were declared.</param>
    /// <exception cref="KeyNotFoundException">There is no such name; the message lists those there are.</exception>
    public Value this[string name] => _values[Variable.IndexOf(_variables, name, "input")];

    /// <inheritdoc/>
    public IEnumerator<Value> GetEnumerator() => ((IEnumerable<Value>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

namespace Retrodict.Data;

/// <summary>The kinds of Python literal that a header can hold.</summary>
internal enum PythonLiteralKind
{
    Text,
    Integer,
    Boolean,
    None,
    Tuple,
    List,
    Dictionary,
}

/// <summary>A parsed Python literal.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Source">As it stands in the header, for error messages.</param>
/// <param name="Value">The characters of a text, the digits of an integer, the name of a Boolean; empty for the others.</param>
/// <param name="Items">The items of a tuple or list; the keys and values of a dictionary in turn; empty for the others.</param>
internal sealed record PythonLiteral(PythonLiteralKind Kind, string Source, string Value, IReadOnlyList<PythonLiteral> Items);

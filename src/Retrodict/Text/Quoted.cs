namespace Retrodict.Data;

/// <summary>Text from files in error messages: quoted, of bounded length, and without control characters, which could steer a
/// terminal.</summary>
internal static class Quoted
{
    private const int MaxLength = 160;
    private const int MaxNames = 20;

    /// <summary>A file's path, or a name found in a file, in quotation marks.</summary>
    public static string Name(string name) => $"'{Plain(name)}'";

    /// <summary>Text found in a file, without quotation marks.</summary>
    public static string Plain(string text)
    {
        string shown = text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "...");
        return string.Create(shown.Length, shown, static (characters, source) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }

    /// <summary>A list of names, the first twenty of them.</summary>
    public static string List(IReadOnlyCollection<string> names)
    {
        string shown = string.Join(", ", names.Take(MaxNames).Select(Plain));
        return names.Count <= MaxNames ? shown : $"{shown} and {names.Count - MaxNames} more";
    }
}

namespace Retrodict.Cli.Rendering;

/// <summary>Numbers as text, padded so that their decimal points stand below each other.</summary>
internal static class AlignedCells
{
    /// <param name="cells">The cells of a column; those that are empty stay so.</param>
    public static string[] Of(IReadOnlyList<string> cells)
    {
        int before = cells.Max(Before);
        int after = cells.Max(cell => cell.Length - Before(cell));
        return
        [
            .. cells.Select(cell => cell.Length == 0
                ? ""
                : cell.PadLeft(cell.Length + before - Before(cell)).PadRight(before + after)),
        ];
    }

    /// <summary>Characters in front of the point, or of where it would stand.</summary>
    private static int Before(string cell) => cell.IndexOfAny(['.', 'e']) is var point and >= 0 ? point : cell.Length;
}

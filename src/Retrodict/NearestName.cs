namespace Retrodict;

/// <summary>The name somebody probably meant, for error messages about names that do not exist.</summary>
public static class NearestName
{
    // Longer names are no slips of the finger, and the comparison takes time proportional to the product of the lengths.
    private const int MaxLength = 100;

    /// <summary>
    /// The candidate with the fewest single-character edits (Levenshtein's distance, upper and lower case alike) from a name, or null where
    /// none is near: more than a third of the longer one's characters, and more than one, would change.
    /// </summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="candidates">The names there are; of equally near ones the first is found.</param>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int longer = Math.Max(name.Length, candidate.Length);
            int edits = longer > MaxLength ? int.MaxValue : Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < fewest && edits <= Math.Max(1, longer / 3) && edits < longer)
            {
                (nearest, fewest) = (candidate, edits);
            }
        }

        return nearest;
    }

    private static int Edits(string a, string b)
    {
        Span<int> row = stackalloc int[MaxLength + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}

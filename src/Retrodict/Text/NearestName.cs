namespace Retrodict;

/// <summary>The name somebody probably meant, for error messages about names that do not exist.</summary>
public static class NearestName
{
    // Longer names are no slips of the finger, and the comparison takes time proportional to the product of the lengths.
    private const int MaxLength = 100;

    /// <summary>
    /// The candidate with the fewest edits from a name (characters inserted, left out or replaced, or neighbors swapped; upper and lower
    /// case alike), or null where none is near: more than a third of the longer one's characters, and more than one, would change.
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

    /// <summary>The optimal string alignment distance, row by row.</summary>
    private static int Edits(string a, string b)
    {
        Span<int> rows = stackalloc int[3 * (MaxLength + 1)];
        Span<int> current = rows[..(MaxLength + 1)];
        Span<int> above = rows.Slice(MaxLength + 1, MaxLength + 1);
        Span<int> aboveThat = rows[(2 * (MaxLength + 1))..];
        for (int j = 0; j <= b.Length; j++)
        {
            current[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            Span<int> free = aboveThat;
            aboveThat = above;
            above = current;
            current = free;
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(above[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], aboveThat[j - 2] + 1);
                }
            }
        }

        return current[b.Length];
    }
}

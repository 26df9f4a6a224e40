namespace Retrodict.Data;

/// <summary>Finds out what separates the fields of a table.</summary>
internal static class CsvSeparator
{
    private const string Marker = "sep=";

    /// <summary>What is asked for, or what the file says in a first line <c>sep=;</c>, which the cursor then passes, or what its first
    /// lines tell.</summary>
    public static char Of(CsvCursor cursor, string label, CsvOptions options)
    {
        char? said = Said(cursor);
        if ((options.Separator ?? said) is { } separator)
        {
            return separator;
        }

        string candidates = options.Decimal == ',' ? "\t; " : "\t;, ";
        foreach (char candidate in candidates)
        {
            if (CutsAlike(cursor, candidate, label, options.Limits))
            {
                return candidate;
            }
        }

        // Nothing fits; the error messages to come are clearest for what the header has most of.
        char most = candidates.Where(candidate => candidate != CsvOptions.Blanks).Reverse().MaxBy(
            candidate => First(cursor, candidate, label, options.Limits).Count);
        if (First(cursor, most, label, options.Limits).Count > 1)
        {
            return most;
        }

        return options.Decimal == ',' && First(cursor, CsvOptions.Blanks, label, options.Limits).Count == 1
                && First(cursor, ',', label, options.Limits).Count > 1
            ? throw new DataFormatException(
                $"{label} seems to have commas between its fields, which are decimal signs here; that is read if asked for " +
                    $"(--separator ,), with numbers "
                + "that have commas in quotation marks.")
            : CsvOptions.Blanks;
    }

    /// <summary>The fields of a text that its widest gaps cut, two blanks or more.</summary>
    public static string[] WideFields(string text) =>
        [.. text.Replace("\t", "  ", StringComparison.Ordinal).Split("  ",
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static char? Said(CsvCursor cursor)
    {
        CsvCursor end = cursor.Copy();
        end.NextLine();
        ReadOnlySpan<char> line = cursor.Between(cursor.At, end.At).TrimEnd("\r\n").Trim('"');
        if (line.Length != Marker.Length + 1 || !line.StartsWith(Marker, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        char said = line[^1];
        cursor.NextLine();
        return said;
    }

    private static bool CutsAlike(CsvCursor cursor, char candidate, string label, CsvLimits limits)
    {
        var records = new CsvRecords(cursor.Copy(), candidate, label, limits);
        try
        {
            if (!records.Read())
            {
                return false;
            }

            string[] first = [.. records.Fields];
            string text = records.Text;
            return !records.Read() ? first.Length > 1
                : candidate == CsvOptions.Blanks && records.Fields.Count > 1 && WideFields(text).Length == records.Fields.Count
                || (first.Length > 1 && (first.Length == records.Fields.Count || Filled(first) == Filled(records.Fields)));
        }
        catch (DataFormatException)
        {
            return false;
        }
    }

    private static List<string> First(CsvCursor cursor, char candidate, string label, CsvLimits limits)
    {
        var records = new CsvRecords(cursor.Copy(), candidate, label, limits);
        try
        {
            records.Read();
        }
        catch (DataFormatException)
        {
            // The reading proper says it.
        }

        return records.Fields;
    }

    /// <summary>How many fields there are without the empty ones at the end.</summary>
    private static int Filled(IReadOnlyList<string> fields)
    {
        int count = fields.Count;
        while (count > 0 && fields[count - 1].Length == 0)
        {
            count--;
        }

        return count;
    }
}

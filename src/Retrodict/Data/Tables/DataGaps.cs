using System.Globalization;

namespace Retrodict.Data;

/// <summary>Says where in data values are missing.</summary>
internal static class DataGaps
{
    private const int MaxPlaces = 5;

    /// <summary>Which rows lack values of some columns, how many they are, and what can be done.</summary>
    /// <param name="data">Data that lack some.</param>
    /// <param name="columns">The columns that are needed.</param>
    public static string Describe(DataColumns data, IReadOnlyList<string> columns)
    {
        string[] lacking = [.. columns.Where(name => Array.Exists(data.Raw(name), double.IsNaN))];
        double[][] values = [.. lacking.Select(data.Raw)];
        int[] rows = [.. Enumerable.Range(0, data.RowCount).Where(row => Array.Exists(values, column => double.IsNaN(column[row])))];
        string names = $"{(lacking.Length == 1 ? "column" : "columns")} {string.Join(", ", lacking.Select(Quoted.Name))}";
        string problem = (rows.Length, lacking.Length) switch
        {
            (1, 1) => $"the value of {names} is missing",
            (1, _) => $"values of {names} are missing",
            _ => string.Create(CultureInfo.InvariantCulture, $"values of {names} are missing in {rows.Length} of {data.RowCount} rows"),
        };
        return $"{data.Place(rows)}: {problem}; rows without a value are left out if asked for (--missing skip).";
    }

    /// <summary>How people find rows: the file and their lines, or their numbers.</summary>
    public static string Places(DataColumns data, int[] places, bool areLines)
    {
        string numbers = string.Join(", ", places.Take(MaxPlaces).Select(place => place.ToString(CultureInfo.InvariantCulture)));
        string more = places.Length > MaxPlaces
            ? string.Create(CultureInfo.InvariantCulture, $" and {places.Length - MaxPlaces} more")
            : "";
        string plural = places.Length == 1 ? "" : "s";
        return areLines ? $"{data.Label}, line{plural} {numbers}{more}" : $"row{plural} {numbers}{more} of {data.Label}";
    }
}

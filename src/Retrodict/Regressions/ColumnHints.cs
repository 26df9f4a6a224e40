using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Regressions;

/// <summary>What to say where a model seems to mean a column whose name formulas cannot write as it is.</summary>
internal static class ColumnHints
{
    private const int MaxNames = 3;

    /// <summary>Shortest name that may be the beginning of a longer word.</summary>
    private const int ShortestBeginning = 3;

    /// <summary>Columns whose names begin with a name, as the rest of a sentence; empty if there are none.</summary>
    public static string Beginning(string name, DataColumns data)
    {
        string[] columns = [.. data.Names.Where(column => Begins(column, name)).Take(MaxNames)];
        return columns.Length == 0
            ? ""
            : $"; '{name}' is the beginning of the column {string.Join(" and of ", columns.Select(Quoted.Name))}, {Advice(columns[0])}";
    }

    /// <summary>Adds to what is wrong with a model that it has a column's name in it without quotation marks, if it has.</summary>
    public static ExpressionException With(ExpressionException error, string model, DataColumns data) =>
        data.Names.Where(name => !ExpressionLexer.IsName(name) && model.Contains(name, StringComparison.Ordinal)

                && !model.Contains($"\"{name}\"", StringComparison.Ordinal) && !model.Contains($"`{name}`", StringComparison.Ordinal)
                && name.Any(char.IsLetter))
            .MaxBy(name => name.Length) is { } column
            ? new ExpressionException(
                $"{error.Problem.TrimEnd('.')}; there is a column {Quoted.Name(column)}, {Advice(column)}.", model, error.Position)
            : error;

    private static bool Begins(string column, string name) =>
        column.Length > name.Length && column.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && (!(char.IsLetterOrDigit(column[name.Length]) || column[name.Length] == '_') || name.Length >= ShortestBeginning);

    private static string Advice(string column) =>
        $"which is written in quotation marks, {ExpressionLexer.Quote(column)}, or given a short name (--column " +
            $"t={ExpressionLexer.Quote(column)})";
}

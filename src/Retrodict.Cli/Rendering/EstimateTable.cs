using System.Globalization;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>
/// The parameters of a fit for people. Estimates and intervals end with the third digit of the standard error, beyond which they mean
/// nothing; all digits stand in the JSON and, where asked for, here.
/// </summary>
internal static class EstimateTable
{
    private const int AllDecimals = 14;
    private const int ErrorDecimals = 7;

    /// <param name="fit">The fit.</param>
    /// <param name="exact">Whether all digits are shown.</param>
    public static Table Of(RegressionFit fit, bool exact)
    {
        Table table = Page.Table(
            ("parameter", Justify.Left),
            ("estimate", Justify.Right),
            ("standard error", Justify.Right),
            ("95 % interval", Justify.Right),
            ("", Justify.Left));
        string[][] cells = [.. fit.Parameters.Select(parameter => exact ? Exact(parameter) : Rounded(parameter))];
        string[][] columns =
            [.. Enumerable.Range(0, cells[0].Length).Select(column => AlignedCells.Of([.. cells.Select(row => row[column])]))];
        for (int i = 0; i < cells.Length; i++)
        {
            table.AddRow(
                new Text(fit.Parameters[i].Name),
                new Text(columns[0][i]),
                new Text(columns[1][i]),
                new Text(columns[2][i].Length > 0 ? $"{columns[2][i]} to {columns[3][i]}" : ""),
                new Text(Note(fit.Parameters[i]), Page.Quiet));
        }

        return table;
    }

    /// <summary>One digit before the point, so that columns stand aligned.</summary>
    public static string Digits(double value, int decimals) => !double.IsFinite(value)
        ? "-"
        : value.ToString($"0.{new string('0', decimals)}e+00", CultureInfo.InvariantCulture);

    /// <summary>Estimate, error and the ends of the interval.</summary>
    private static string[] Rounded(ParameterEstimate parameter)
    {
        if (parameter.State is ParameterState.Fixed or ParameterState.AtBound)
        {
            return [Format.Exact(parameter.Estimate), "", "", ""];
        }

        var number = RoundedNumber.Of(parameter.Estimate, parameter.StandardError);
        return double.IsNaN(parameter.Margin)
            ? [number.Value, number.Error, "", ""]
            : [number.Value, number.Error, number.Like(parameter.Lower), number.Like(parameter.Upper)];
    }

    private static string[] Exact(ParameterEstimate parameter) =>
    [
        Digits(parameter.Estimate, AllDecimals),
        double.IsNaN(parameter.StandardError) ? "" : Digits(parameter.StandardError, ErrorDecimals),
        double.IsNaN(parameter.Margin) ? "" : Digits(parameter.Lower, ErrorDecimals),
        double.IsNaN(parameter.Margin) ? "" : Digits(parameter.Upper, ErrorDecimals),
    ];

    private static string Note(ParameterEstimate parameter) => parameter.State switch
    {
        ParameterState.AtBound => "at its bound",
        ParameterState.Undetermined => "not determined",
        ParameterState.Fixed => "fixed",
        _ => parameter.IsCutByBound ? "interval cut at a bound" : "",
    };
}

using System.Globalization;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>
/// The parameters of a fit for people. Estimates and intervals end with the second digit of the standard error, beyond which they mean
/// nothing; all digits stand in the JSON and, where asked for, here.
/// </summary>
internal static class EstimateTable
{
    private const int AllDecimals = 9;

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
        foreach (ParameterEstimate parameter in fit.Parameters)
        {
            double error = parameter.StandardError;
            bool known = !double.IsNaN(parameter.Margin);
            table.AddRow(
                new Text(parameter.Name),
                new Text(exact ? Digits(parameter.Estimate, AllDecimals) : Rounded(parameter.Estimate, error)),
                new Text(double.IsNaN(error) ? "" : Digits(error, exact ? 4 : 1)),
                new Text(!known ? ""
                    : exact ? $"{Digits(parameter.Lower, 4)} to {Digits(parameter.Upper, 4)}"
                    : $"{Rounded(parameter.Lower, error)} to {Rounded(parameter.Upper, error)}"),
                new Text(Note(parameter), Page.Quiet));
        }

        return table;
    }

    /// <summary>One digit before the point, so that columns stand aligned.</summary>
    public static string Digits(double value, int decimals) =>
        value.ToString($"0.{new string('0', decimals)}e+00", CultureInfo.InvariantCulture);

    /// <summary>A number up to the second digit of its error; all digits where there is none.</summary>
    private static string Rounded(double value, double error)
    {
        if (!(error > 0) || !double.IsFinite(error) || !double.IsFinite(value))
        {
            return Digits(value, AllDecimals);
        }

        int size = value == 0 ? int.MinValue : Exponent(value);
        int last = Exponent(error) - 1;
        return size < last ? Digits(value, 1) : Digits(value, Math.Clamp(size - last, 1, 15));
    }

    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));

    private static string Note(ParameterEstimate parameter) => parameter.State switch
    {
        ParameterState.AtBound => "at its bound",
        ParameterState.Undetermined => "not determined",
        ParameterState.Fixed => "fixed",
        _ => "",
    };
}

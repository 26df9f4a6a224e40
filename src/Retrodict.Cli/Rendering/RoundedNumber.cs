using System.Globalization;

namespace Retrodict.Cli.Rendering;

/// <summary>A number and its standard error, both rounded where the error has three digits.</summary>
/// <param name="Value">The number.</param>
/// <param name="Error">Its error; empty where there is none.</param>
/// <param name="Form">How numbers beside it are written.</param>
internal sealed record RoundedNumber(string Value, string Error, string Form)
{
    private const int ErrorDigits = 3;
    private const int MostDigits = 15;
    private const int DigitsWithoutError = 10;

    /// <summary>Rounds a number by its error; without one it has ten digits, and with one that is rounding all that are right.</summary>
    public static RoundedNumber Of(double value, double error)
    {
        if (!(error >= 0) || !double.IsFinite(error) || !double.IsFinite(value))
        {
            string form = Short(value, DigitsWithoutError);
            return new RoundedNumber(Text(value, form), "", form);
        }

        if (error <= Math.Abs(value) * Math.Pow(10, -MostDigits + ErrorDigits - 1))
        {
            string form = Short(value, MostDigits);
            return new RoundedNumber(Text(value, form), error == 0 ? "0" : Text(error, Scientific(ErrorDigits - 1)), form);
        }

        if (error == 0)
        {
            return new RoundedNumber("0", "0", "0");
        }

        int size = Size(value == 0 ? error : value);
        int place = Size(error) - ErrorDigits + 1;
        if (size is >= -4 and < 7 && Size(error) < 7 && place > -12)
        {
            string form = $"F{Math.Max(0, -place).ToString(CultureInfo.InvariantCulture)}";
            return new RoundedNumber(Text(value, form), Text(error, form), form);
        }

        string exponential = Scientific(Math.Max(size, place) - place);
        return new RoundedNumber(Text(value, exponential), Text(error, Scientific(ErrorDigits - 1)), exponential);
    }

    /// <summary>Another number in the same form.</summary>
    public string Like(double other) => Text(other, Form);

    private static int Size(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));

    private static string Short(double value, int digits) => Math.Abs(value) is 0 or (>= 1e-4 and < 1e7)
        ? $"G{digits.ToString(CultureInfo.InvariantCulture)}"
        : $"0.{new string('#', Math.Min(digits, DigitsWithoutError) - 1)}e+00";

    private static string Scientific(int decimals) => decimals == 0 ? "0e+00" : $"0.{new string('0', decimals)}e+00";

    private static string Text(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);
}

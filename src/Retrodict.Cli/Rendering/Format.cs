using System.Globalization;

namespace Retrodict.Cli.Rendering;

/// <summary>Numbers for people, the same on every machine.</summary>
internal static class Format
{
    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Four significant digits, whole numbers as such; a dash for NaN.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "-"
        : Math.Abs(value) < 1e5 && value == Math.Truncate(value) ? value.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(value) is >= 1e-3 and < 1e5 ? Significant(value, 4)
        : value.ToString("0.00e+0", CultureInfo.InvariantCulture);

    /// <summary>As short as the number allows, for settings.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Scientific(double value) => double.IsNaN(value) ? "-" : value.ToString("0.00e+00", CultureInfo.InvariantCulture);

    public static string Percent(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString(time.TotalSeconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";

    public static string Microseconds(double value) => double.IsNaN(value) ? "-"
        : value < 1e4 ? value.ToString("0", CultureInfo.InvariantCulture) + " µs"
        : value < 1e7 ? Significant(value / 1e3, 3) + " ms"
        : Significant(value / 1e6, 3) + " s";

    public static string Threads(int count) => $"{Integer(count)} {(count == 1 ? "thread" : "threads")}";

    private static string Significant(double value, int digits)
    {
        int decimals = Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 7);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace Retrodict.Tests.Shared;

/// <summary>
/// Runs the whole test project under a culture with a decimal comma when <c>RETRODICT_TEST_CULTURE</c> names one, for instance
/// <c>de-DE</c>: what depends on the culture then fails.
/// </summary>
internal static class CommaCulture
{
    public const string Variable = "RETRODICT_TEST_CULTURE";

    /// <summary>A culture that writes 1.5 as 1,5: German, or where the machine knows no cultures, the invariant one with a comma.</summary>
    public static CultureInfo Comma { get; } = WithComma("de-DE");

    [ModuleInitializer]
    internal static void Apply()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name)
        {
            CultureInfo culture = WithComma(name);
            CultureInfo.DefaultThreadCurrentCulture = culture;
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Runs an action on this thread under the comma culture.</summary>
    public static void Run(Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Comma;
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A culture by name. In globalization-invariant mode names are unknown, or known and formatted with a point: a comma is put
    /// in there.</summary>
    private static CultureInfo WithComma(string name)
    {
        CultureInfo culture;
        try
        {
            culture = CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            culture = CultureInfo.InvariantCulture;
        }

        if (culture.NumberFormat.NumberDecimalSeparator == ",")
        {
            return culture;
        }

        var comma = (CultureInfo)culture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        return comma;
    }
}

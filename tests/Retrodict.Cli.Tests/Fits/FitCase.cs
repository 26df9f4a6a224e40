using System.Runtime.CompilerServices;

namespace Retrodict.Cli.Tests.Fits;

/// <summary>Tables of <c>data</c>: fits modelled on public reports, and what was asked of them there.</summary>
internal static class FitCase
{
    public static string Path(string name, [CallerFilePath] string here = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "data", $"{name}.csv");

    public static Cli.Outcome Run(string name, string model, string start, params string[] more) =>
        Cli.Run(["fit", Path(name), "--model", model, "--start", start, .. more]);
}

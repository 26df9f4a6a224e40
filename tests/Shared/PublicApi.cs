using System.Reflection;
using System.Runtime.CompilerServices;

namespace Retrodict.Tests.Shared;

/// <summary>
/// Keeps an assembly's public surface a reviewed file: a test compares it with the committed <c>PublicApi.txt</c> beside the test's own
/// source. With
/// <c>RETRODICT_ACCEPT_API=1</c> the file is rewritten instead; the test's message has the whole command.
/// </summary>
internal static class PublicApi
{
    private const string AcceptVariable = "RETRODICT_ACCEPT_API";
    private const string FileName = "PublicApi.txt";
    private const int LinesShown = 40;

    /// <summary>Fails where the assembly's public surface differs from the committed file.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="caller">The calling test's source file, whose folder holds the committed file.</param>
    public static void AssertIsAsReviewed(Assembly assembly, [CallerFilePath] string caller = "")
    {
        string folder = Path.GetDirectoryName(caller)!;
        string path = Path.Combine(folder, FileName);
        string[] actual = [.. PublicApiText.Of(assembly)];
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(path, string.Concat(actual.Select(line => line + "\n")));
            return;
        }

        string[] reviewed = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (Difference(reviewed, actual) is { } difference)
        {
            Assert.Fail(
                $"The public surface of {assembly.GetName().Name} is not that of {path}.\n{difference}"
                + "If that is meant, run this in the repository's root, then review and commit the "
                + $"file:\n{AcceptCommand(Path.GetFileName(folder))}");
        }
    }

    /// <summary>The command that accepts the surface as it is, to be pasted into a shell.</summary>
    internal static string AcceptCommand(string project) =>
        $"{AcceptVariable}=1 dotnet test -c Release --project tests/{project} --filter-class \"*PublicApiTests\"";

    /// <summary>Lines gone (-) and new (+), each with the type it belongs to; null if there are none.</summary>
    internal static string? Difference(string[] reviewed, string[] actual)
    {
        List<string> before = WithTypes(reviewed);
        List<string> after = WithTypes(actual);
        List<string> lines = [.. before.Except(after).Select(line => $"- {line}\n"), .. after.Except(before).Select(line => $"+ {line}\n")];
        if (lines.Count == 0)
        {
            return before.SequenceEqual(after) ? null : "The lines are the same, but their order differs.\n";
        }

        lines.Sort((x, y) => string.CompareOrdinal(x[2..], y[2..]));
        string more = lines.Count > LinesShown ? $"... and {lines.Count - LinesShown} more lines\n" : "";
        return string.Concat(lines.Take(LinesShown)) + more;
    }

    private static List<string> WithTypes(string[] lines)
    {
        var result = new List<string>(lines.Length);
        string type = "";
        foreach (string line in lines)
        {
            bool member = line.StartsWith("  ", StringComparison.Ordinal);
            type = member ? type : line;
            result.Add(member ? $"{type} | {line.Trim()}" : line);
        }

        return result;
    }
}

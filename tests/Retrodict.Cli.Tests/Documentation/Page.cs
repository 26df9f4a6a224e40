using System.Runtime.CompilerServices;
using System.Text;

namespace Retrodict.Cli.Tests.Documentation;

/// <summary>
/// A page of documentation as the tests read it: its C# blocks, in order, are one program; a text block right after a C# block is what the
/// program has printed there. A block headed <c>csv NAME</c> is a file that lies beside the program and the commands.
/// </summary>
internal sealed record Page(
    string Program, string ExpectedOutput, IReadOnlyList<string> ShellLines, IReadOnlyDictionary<string, string> Files)
{
    public static string Root { get; } = FindRoot();

    /// <summary>All pages, relative to the repository's root.</summary>
    public static IEnumerable<string> Names() =>
        [
            "README.md",
            .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md")
                .Select(path => $"docs/{Path.GetFileName(path)}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Writes the page's files to a folder.</summary>
    public void WriteFiles(string folder)
    {
        foreach ((string name, string text) in Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    public static Page Read(string name)
    {
        var usings = new List<string>();
        var code = new StringBuilder();
        var output = new StringBuilder();
        var shell = new List<string>();
        var files = new Dictionary<string, string>();
        string language = "";
        string previous = "";
        foreach (string line in File.ReadLines(Path.Combine(Root, name)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                (previous, language) = language.Length > 0
                    ? (language, "")
                    : (previous, line[3..].Trim() is { Length: > 0 } named ? named : "none");
            }
            else if (language == "csharp" && line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';'))
            {
                usings.Add(line);
            }
            else if (language == "csharp")
            {
                code.Append(line).Append('\n');
            }
            else if (language == "text" && previous == "csharp")
            {
                output.Append(line).Append('\n');
            }
            else if (language == "sh")
            {
                shell.Add(line);
            }
            else if (language.StartsWith("csv ", StringComparison.Ordinal))
            {
                files[language[4..]] = $"{files.GetValueOrDefault(language[4..])}{line}\n";
            }
            else if (language.Length == 0 && line.Length > 0)
            {
                previous = "";
            }
        }

        return new Page(string.Join("\n", usings.Distinct()) + "\n" + code, output.ToString(), shell, files);
    }

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Retrodict.Tests.Shared;

namespace Retrodict.Learning.Tests;

public partial class PublicApiTests
{
    /// <summary>What a reader can keep in mind; a type more is a reason to merge two.</summary>
    private const int MostTypes = 55;

    private static readonly Assembly _assembly = Assembly.Load("Retrodict.Learning");

    private static readonly Lazy<string> _code = new(() => ReadCode());

    public static TheoryData<string> Types => new(Shown().Select(type => type.Name));

    [Fact]
    public void The_public_surface_is_the_reviewed_one() => PublicApi.AssertIsAsReviewed(_assembly);

    [Fact]
    public void There_are_no_more_public_types_than_agreed() => Assert.InRange(Shown().Length, 1, MostTypes);

    /// <summary>What neither a sample, nor a page, nor the command line needs is internal, or lacks a page.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void A_public_type_is_shown_in_a_sample_a_page_or_the_command_line(string type) =>
        Assert.True(
            Regex.IsMatch(_code.Value, $@"\b{type}\b"),
            $"{type} is public, but no sample, no page of docs and no code of the command line names it. "
            + "Make it internal, or show its use.");

    private static Type[] Shown() => _assembly.GetExportedTypes();

    /// <summary>The code of samples and command line without comments and texts, and what pages for users set as code.</summary>
    private static string ReadCode([CallerFilePath] string here = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
        var code = new StringBuilder();
        foreach (string folder in (string[])["samples", "src/Retrodict.Cli"])
        {
            foreach (string path in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            {
                if (!path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                {
                    code.AppendLine(CommentOrText().Replace(File.ReadAllText(path), ""));
                }
            }
        }

        foreach (string path in Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md").Append(Path.Combine(root, "README.md")))
        {
            // These pages are for developers.
            if (Path.GetFileName(path) is not ("architecture.md" or "contributing.md"))
            {
                code.AppendJoin('\n', CodeOfPage().Matches(File.ReadAllText(path)).Select(match => match.Value));
            }
        }

        return code.ToString();
    }

    [GeneratedRegex(@"//.*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex CommentOrText();

    [GeneratedRegex("```.*?```|`[^`\n]+`", RegexOptions.Singleline)]
    private static partial Regex CodeOfPage();
}

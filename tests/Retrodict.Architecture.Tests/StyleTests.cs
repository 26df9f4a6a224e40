using System.Text.RegularExpressions;

namespace Retrodict.Architecture.Tests;

/// <summary>What can be counted of the style: width, spelling, and that a name means one thing.</summary>
public sealed partial class StyleTests
{
    private const int Columns = 140;

    private static readonly string[] _folders = ["src", "tests", "benchmarks", "samples"];

    public static TheoryData<string> Folders() => [.. _folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lines_have_at_most_140_columns(string folder) => AssertNone(
        Repository.Sources(folder).SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (line, i))
            .Where(pair => pair.line.Length > Columns)
            .Select(pair => $"{Repository.Relative(file)} line {pair.i + 1} has {pair.line.Length} columns")));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Words_are_spelled_the_American_way(string folder) => AssertNone(
        Repository.Sources(folder)
            .Where(file => Path.GetFileName(file) != "StyleTests.cs")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .SelectMany(file => British().Matches(File.ReadAllText(file))
                .Select(match => $"{Repository.Relative(file)}: '{match.Value}'")));

    [Fact]
    public void A_type_name_means_one_thing()
    {
        IEnumerable<IGrouping<string, (string Type, string File)>> types = Rooms.Projects
            .SelectMany(project => new ProjectSources(project).Types)
            .GroupBy(type => type.Type);
        AssertNone(types
            .Where(type => !IsOneThing(type.Key, [.. type.Select(part => Repository.Relative(part.File))]))
            .Select(type => $"{type.Key}: {string.Join(", ", type.Select(part => Repository.Relative(part.File)))}"));
    }

    /// <summary>All that was found is shown, where an empty collection's own message would cut it short.</summary>
    private static void AssertNone(IEnumerable<string> found)
    {
        string[] lines = [.. found];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }

    /// <summary>
    /// A type and its generic form stand in one folder; parts of a type may stand in several rooms, in files that bear its name.
    /// </summary>
    private static bool IsOneThing(string type, string[] files) =>
        files.Select(Path.GetDirectoryName).Distinct().Count() == 1
        || (files.All(file => Path.GetFileName(file).Split('.')[0] == type)
            && files.Select(file => file.Split('/')[1]).Distinct().Count() == 1);

    [GeneratedRegex(
        @"\w*(?:[Aa]nalys(?:e|ed|er|ing)\b|[Cc]entre|[Cc]olour|[Ff]avour|[Nn]eighbour|[Bb]ehaviour|[Ll]icence|"
        + @"(?:[Ff]actor|[Gg]eneral|[Gg]lobal|[Ii]nitial|[Ll]inear|[Mm]inim|[Mm]axim|"
        + @"[Nn]ormal|[Oo]ptim|[Pp]enal|[Rr]egular|[Ss]tandard|[Vv]ector|[Dd]iscret)is(?:e|ed|er|ing|ation)s?\b)")]
    private static partial Regex British();
}

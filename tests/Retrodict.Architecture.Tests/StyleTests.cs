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
    public void Lines_have_at_most_140_columns(string folder) => Assert.Empty(
        Repository.Sources(folder).SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (line, i))
            .Where(pair => pair.line.Length > Columns)
            .Select(pair => $"{Repository.Relative(file)} line {pair.i + 1} has {pair.line.Length} columns")));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Words_are_spelled_the_American_way(string folder) => Assert.Empty(
        Repository.Sources(folder)
            .Where(file => Path.GetFileName(file) != "StyleTests.cs")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .SelectMany(file => British().Matches(File.ReadAllText(file))
                .Select(match => $"{Repository.Relative(file)}: '{match.Value}'")));

    [Fact]
    public void A_type_name_means_one_thing()
    {
        var files = new Dictionary<string, HashSet<string>>();
        foreach ((string type, string file) in Rooms.Projects.SelectMany(project => new ProjectSources(project).Types))
        {
            if (!files.TryGetValue(type, out HashSet<string>? declared))
            {
                files[type] = declared = [];
            }

            // The parts of a type, which may stand in several rooms, bear its name, and so does its generic form.
            string name = Path.GetFileName(file).Split('.')[0];
            string project = Repository.Relative(file).Split('/')[1];
            declared.Add(name == type ? $"{project}/{name}" : Repository.Relative(file));
        }

        Assert.Empty(files.Where(type => type.Value.Count > 1).Select(type => $"{type.Key}: {string.Join(", ", type.Value)}"));
    }

    [GeneratedRegex(
        @"\w*(?:[Aa]nalys(?:e|ed|er|ing)\b|[Cc]entre|[Cc]olour|[Ff]avour|[Nn]eighbour|[Bb]ehaviour|[Ll]icence|"
        + @"(?:[Ff]actor|[Gg]eneral|[Gg]lobal|[Ii]nitial|[Ll]inear|[Mm]inim|[Mm]axim|"
        + @"[Nn]ormal|[Oo]ptim|[Pp]enal|[Rr]egular|[Ss]tandard|[Vv]ector|[Dd]iscret)is(?:e|ed|er|ing|ation)s?\b)")]
    private static partial Regex British();
}

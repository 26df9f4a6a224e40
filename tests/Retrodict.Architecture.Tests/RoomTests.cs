using System.Xml.Linq;

namespace Retrodict.Architecture.Tests;

/// <summary>A folder uses only the folders below it (<see cref="Rooms"/>), and none is so full that nothing is found in it.</summary>
public sealed class RoomTests
{
    private const int MostFiles = 40;

    private static readonly Dictionary<string, Lazy<ProjectSources>> _sources =
        Rooms.Projects.ToDictionary(project => project, project => new Lazy<ProjectSources>(() => new ProjectSources(project)));

    public static TheoryData<string> Projects() => [.. Rooms.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_compiler_binds_every_name(string project) => Assert.Empty(_sources[project].Value.Unbound);

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_order_names_every_room_once(string project) =>
        Assert.Equal(_sources[project].Value.Graph().Folders, Rooms.Order[project].Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_uses_one_above_it(string project)
    {
        FolderGraph graph = _sources[project].Value.Graph();
        string[] order = Rooms.Order[project];
        IEnumerable<string> bound = graph.Folders.Where(folder => !Rooms.LookUp.Contains((project, folder)));
        Assert.All(bound, folder => Assert.All(graph.UsedBy(folder), used =>
        {
            if (Array.IndexOf(order, used) >= Array.IndexOf(order, folder))
            {
                Reference[] references = [.. graph.Between(folder, used)];
                Assert.Fail(
                    $"{project}: '{folder}' uses '{used}', which stands above it ({references.Length} times): "
                    + string.Join(", ", references.Take(5).Select(shown => $"{shown.User} line {shown.Line} uses {shown.Used}")));
            }
        }));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_project_uses_one_above_it(string project) => Assert.All(
        XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj")).Descendants("ProjectReference"),
        reference => Assert.Contains(
            Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value), Rooms.Projects.TakeWhile(name => name != project)));

    [Fact]
    public void Every_project_has_its_floor() =>
        Assert.Equal(
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Rooms.Projects.Order(StringComparer.Ordinal));

    [Fact]
    public void No_folder_is_crowded() => Assert.All(
        new[] { "src", "tests", "benchmarks", "samples" }.SelectMany(folder => Repository.Sources(folder)).GroupBy(Path.GetDirectoryName),
        folder => Assert.True(
            folder.Count() <= MostFiles,
            $"{Repository.Relative(folder.Key!)} has {folder.Count()} files; over {MostFiles} they want rooms of their own."));
}

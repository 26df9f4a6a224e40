using System.Globalization;
using System.Text;

namespace Retrodict.Architecture.Tests;

/// <summary>The section of docs/architecture.md that draws the folder graph of every project as it is.</summary>
internal static class RoomPage
{
    public const string Begin = "<!-- begin: made by the tests, RETRODICT_ACCEPT_ROOMS=1 -->";

    public const string End = "<!-- end: made by the tests, RETRODICT_ACCEPT_ROOMS=1 -->";

    /// <summary>The page.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "architecture.md");

    /// <summary>The section, from marker to marker. It changes with rooms and what they use, not with every file that comes or
    /// goes.</summary>
    public static string Section(IEnumerable<ProjectSources> projects)
    {
        var page = new StringBuilder();
        page.Append(Begin).Append('\n');
        foreach (ProjectSources project in projects)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n#### {project.Project}\n\n```mermaid\nflowchart TD\n");
            string[] order = Rooms.Order[project.Project];
            FolderGraph graph = project.Graph().Downward(order);
            foreach (string room in order.Reverse())
            {
                page.Append(CultureInfo.InvariantCulture, $"  {Identifier(room)}[\"{Title(room)}\"]\n");
            }

            foreach (string room in order.Reverse())
            {
                foreach (string used in Direct(graph, room))
                {
                    page.Append(CultureInfo.InvariantCulture, $"  {Identifier(room)} --> {Identifier(used)}\n");
                }
            }

            page.Append("```\n");
        }

        return page.Append('\n').Append(End).ToString();
    }

    /// <summary>What a room uses and no other room that it uses does: with all of them the arrows would be too many to follow.</summary>
    private static IEnumerable<string> Direct(FolderGraph graph, string room)
    {
        string[] used = [.. graph.UsedBy(room)];
        return used.Where(lower => !used.Any(between => between != lower && graph.Reaches(between, lower)));
    }

    private static string Identifier(string room) => room.Length == 0 ? "top" : room.Replace('/', '_');

    private static string Title(string room) => room.Length == 0 ? "(top)" : room;
}

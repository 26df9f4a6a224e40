namespace Retrodict.Architecture.Tests;

/// <summary>docs/architecture.md shows the rooms as they are.</summary>
public sealed class RoomPageTests
{
    private const string AcceptVariable = "RETRODICT_ACCEPT_ROOMS";

    [Fact]
    public void The_page_shows_the_rooms_as_they_are()
    {
        string page = File.ReadAllText(RoomPage.Path);
        int begin = page.IndexOf(RoomPage.Begin, StringComparison.Ordinal);
        int end = page.IndexOf(RoomPage.End, StringComparison.Ordinal) + RoomPage.End.Length;
        Assert.True(begin >= 0 && end > begin, $"docs/architecture.md lacks the lines '{RoomPage.Begin}' and '{RoomPage.End}'.");
        string section = RoomPage.Section(Rooms.Projects.Select(project => new ProjectSources(project)));
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(RoomPage.Path, page[..begin] + section + page[end..]);
            return;
        }

        Assert.True(
            section == page[begin..end],
            "The rooms are not as docs/architecture.md shows them. If that is meant, run\n"
            + $"  {AcceptVariable}=1 dotnet test -c Release --project tests/Retrodict.Architecture.Tests --filter-class "
            + "\"*RoomPageTests\"\nand commit the page.");
    }
}

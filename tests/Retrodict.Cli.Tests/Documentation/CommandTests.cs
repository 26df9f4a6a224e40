using System.Text.RegularExpressions;

namespace Retrodict.Cli.Tests.Documentation;

/// <summary>The commands that README and docs show succeed, in the order of their page.</summary>
[Collection(nameof(ConsoleUsers))]
public sealed partial class CommandTests
{
    private const string Development = "dotnet run -c Release --project src/Retrodict.Cli -- ";

    public static TheoryData<string> PagesWithCommands() => new(Page.Names().Where(name => Commands(name).Any()));

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void Commands_succeed(string name)
    {
        string folder = Directory.GetCurrentDirectory();
        DirectoryInfo own = Directory.CreateTempSubdirectory("retrodict-commands-");
        try
        {
            Directory.SetCurrentDirectory(own.FullName);
            Page.Read(name).WriteFiles(own.FullName);
            Assert.All(Commands(name), command =>
            {
                Cli.Outcome outcome = Cli.Run([.. Arguments().Matches(command).Select(match => match.Value.Trim('"'))]);
                Assert.Equal((command, 0), (command, outcome.Code));
                Assert.NotEmpty(outcome.Output);
            });
        }
        finally
        {
            Directory.SetCurrentDirectory(folder);
            own.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_readme_has_two_commands_to_start_with() =>
        Assert.Equal([$"{Development}demo", "dotnet test -c Release"], Page.Read("README.md").ShellLines);

    /// <summary>Words, or texts in quotation marks.</summary>
    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Arguments();

    private static IEnumerable<string> Commands(string name)
    {
        foreach (string line in Page.Read(name).ShellLines)
        {
            if (line.StartsWith(Development, StringComparison.Ordinal))
            {
                yield return line[Development.Length..];
            }
            else if (line.StartsWith("retrodict ", StringComparison.Ordinal))
            {
                yield return line["retrodict ".Length..];
            }
        }
    }
}

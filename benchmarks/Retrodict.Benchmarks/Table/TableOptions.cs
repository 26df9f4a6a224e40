using System.Globalization;

namespace Retrodict.Benchmarks;

/// <summary>What the table was asked for.</summary>
internal sealed record TableOptions
{
    public const string Help = """
        Times every case, in turn with its peers where they are installed.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- table [options] [part of a case's or section's name]

          --markdown       print the section of docs/benchmarks.md between its markers
          --list           list the cases and their peers, time nothing
          --rounds N       slices of each side, 1 to 1000 (default 7)
          --seconds S      length of a slice, 0.001 to 60 (default 0.2)
          --help           this text

        Peers: Debian's python3-torch and python3-scipy; without them the table has our columns alone.
        """;

    public bool Markdown { get; init; }

    public bool List { get; init; }

    public bool ShowHelp { get; init; }

    public int Rounds { get; init; } = 7;

    public double Seconds { get; init; } = 0.2;

    /// <summary>The part of a name that cases must have; empty for all.</summary>
    public string Only { get; init; } = "";

    /// <exception cref="TableUsageException">An option is unknown, lacks its value, or has a wrong one.</exception>
    public static TableOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new TableOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            options = argument switch
            {
                "--markdown" => options with { Markdown = true },
                "--list" => options with { List = true },
                "--help" or "-h" or "-?" => options with { ShowHelp = true },
                "--rounds" => options with { Rounds = (int)Number(arguments, ++i, argument, 1, 1000, NumberStyles.None) },
                "--seconds" => options with { Seconds = Number(arguments, ++i, argument, 0.001, 60, NumberStyles.AllowDecimalPoint) },
                _ when argument.StartsWith('-') => throw new TableUsageException($"There is no option '{argument}'."),
                _ when options.Only.Length > 0 => throw new TableUsageException(
                    $"One part of a name is expected, but both '{options.Only}' and '{argument}' were given. Quote a name with spaces."),
                _ => options with { Only = argument },
            };
        }

        return options;
    }

    private static double Number(IReadOnlyList<string> arguments, int at, string option, double lowest, double highest, NumberStyles styles)
    {
        if (at < arguments.Count && double.TryParse(arguments[at], styles, CultureInfo.InvariantCulture, out double value)
            && value >= lowest && value <= highest)
        {
            return value;
        }

        string kind = styles == NumberStyles.None ? "a whole number" : "a number";
        string found = at < arguments.Count ? $"got '{arguments[at]}'" : "got nothing";
        throw new TableUsageException(
            string.Create(CultureInfo.InvariantCulture, $"{option} needs {kind} from {lowest} to {highest}, but {found}."));
    }
}

/// <summary>The command line of the table is wrong.</summary>
internal sealed class TableUsageException(string message) : Exception(message);

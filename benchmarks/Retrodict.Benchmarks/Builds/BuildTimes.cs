using System.Diagnostics;
using System.Globalization;

namespace Retrodict.Benchmarks;

/// <summary>What one build's table says of its own cases, round by round.</summary>
/// <param name="program">The build's Retrodict.Benchmarks.dll.</param>
/// <param name="only">The part of a name that cases must have; empty for all.</param>
/// <param name="seconds">The time for a case in a round.</param>
internal sealed class BuildTimes(string program, string only, double seconds)
{
    private readonly Dictionary<string, List<double>> _times = [];
    private readonly List<string> _cases = [];

    /// <summary>The cases, in the order of the table, each with its section.</summary>
    public IReadOnlyList<string> Cases => _cases;

    /// <summary>A case's median of every round, in microseconds; empty if this build has no such case.</summary>
    public IReadOnlyList<double> Of(string name) => _times.TryGetValue(name, out List<double>? times) ? times : [];

    /// <summary>Runs the table once.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public void TakeRound()
    {
        string[] options = ["table", "--markdown", "--rounds", "1", "--seconds", seconds.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(
            "dotnet", [program, .. options, .. only.Length > 0 ? [only] : Array.Empty<string>()]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'dotnet {program} {string.Join(' ', options)}' ended with exit code {process.ExitCode}.");
        }

        Read(output);
    }

    /// <summary>Reads a table of Markdown: a heading a section, a row a case with its name and our median first; the header row says the
    /// unit.</summary>
    private void Read(string table)
    {
        string section = "";
        double unit = 1;
        foreach (string line in table.Split('\n'))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                section = line[4..].Trim();
            }
            else if (line.StartsWith("| ", StringComparison.Ordinal))
            {
                string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
                if (cells[1] == "case")
                {
                    unit = cells[2].EndsWith(
                        ", ns", StringComparison.Ordinal) ? 1e-3 : cells[2].EndsWith(", ms", StringComparison.Ordinal) ? 1e3 : 1;
                }
                else if (double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double median))
                {
                    Add($"{section}: {cells[1]}", median * unit);
                }
            }
        }
    }

    private void Add(string name, double microseconds)
    {
        if (!_times.TryGetValue(name, out List<double>? times))
        {
            _times[name] = times = [];
            _cases.Add(name);
        }

        times.Add(microseconds);
    }
}

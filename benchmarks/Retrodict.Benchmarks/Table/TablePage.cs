using System.Globalization;
using Retrodict.Comparison;

namespace Retrodict.Benchmarks;

/// <summary>Writes the table as aligned text or as the generated section of docs/benchmarks.md.</summary>
internal sealed class TablePage(TextWriter output, bool markdown)
{
    public const string BeginMarker = "<!-- begin: printed by the command 'table --markdown' -->";

    public const string EndMarker = "<!-- end: printed by the command 'table --markdown' -->";

    private readonly List<string> _notes = [];

    public void Heading(IReadOnlyList<(string Name, string Value)> machine, TableOptions options)
    {
        if (markdown)
        {
            output.WriteLine(BeginMarker);
        }

        foreach ((string name, string value) in machine)
        {
            output.WriteLine(markdown ? $"- {name}: {value}" : $"{name,-16} {value}");
        }

        string rounds = FormattableString.Invariant($"{options.Rounds} rounds of {options.Seconds} s for each side, in turn");
        output.WriteLine(markdown ? $"- measured: {rounds}" : $"{"measured",-16} {rounds}");
    }

    public void Begin(Section section)
    {
        output.WriteLine();
        output.WriteLine(markdown ? $"### {section.Title}" : $"{section.Title}");
        output.WriteLine();
        string ours = section.ComparesThreads ? "two threads" : "ours";
        string[] heads = section.Beside is null
            ? ["case", $"ours, {section.Unit}", "quartiles", "goal", "met"]
            :
            [
                "case",
                $"{ours}, {section.Unit}",
                "quartiles",
                $"{section.Beside}, {section.Unit}",
                "quartiles",
                "times faster",
                "quartiles",
                "of shortest",
                "goal",
                "met",
            ];
        Write(heads);
        if (markdown)
        {
            output.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", heads.Length))}");
        }
    }

    public void Row(Section section, Case entry, Measurement measured)
    {
        List<string> goals = [];
        List<bool> met = [];
        if (entry.Limit is { } limit)
        {
            goals.Add($"at most {Number(limit)} {section.Unit}");
            met.Add(measured.Ours.Median <= limit);
        }

        if (entry.Goal is { } goal)
        {
            goals.Add(goal.ToString(CultureInfo.InvariantCulture));
            if (measured.Factor is { } factor)
            {
                met.Add(factor.Median >= goal);
            }
        }

        string goalText = string.Join("; ", goals);
        string metText = met.Count == 0 ? "" : met.All(yes => yes) ? "yes" : "no";
        Write(section.Beside is null
            ? [entry.Name, Number(measured.Ours.Median), Quartiles(measured.Ours), goalText, metText]
            :
            [
                entry.Name,
                Number(measured.Ours.Median),
                Quartiles(measured.Ours),
                Number(measured.Other?.Median),
                Quartiles(measured.Other),
                Number(measured.Factor?.Median), Quartiles(measured.Factor), Number(measured.ShortestFactor), goalText, metText,
            ]);
    }

    /// <summary>A sentence below the section's rows.</summary>
    public void Note(string note) => _notes.Add(note);

    public void End()
    {
        foreach (string note in _notes)
        {
            output.WriteLine();
            output.WriteLine(note);
        }

        _notes.Clear();
    }

    public void Finish()
    {
        if (markdown)
        {
            output.WriteLine();
            output.WriteLine(EndMarker);
        }
    }

    private static string Quartiles(Distribution? statistics) => statistics is { } s ? $"{Number(s.Lower)} to {Number(s.Upper)}" : "";

    private static string Number(double? value) =>
        value is not { } v ? "" : v.ToString(v >= 100 ? "F0" : v >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);

    private void Write(string[] cells)
    {
        if (markdown)
        {
            output.WriteLine($"| {string.Join(" | ", cells)} |");
            return;
        }

        output.WriteLine(
            cells[0].PadRight(72) + string.Concat(cells[1..].Select((cell, i) => cell.PadLeft(i == cells.Length - 2 ? 5 : 18))));
    }
}

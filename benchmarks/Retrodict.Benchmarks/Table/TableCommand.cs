using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Comparison;

namespace Retrodict.Benchmarks;

/// <summary>The command <c>table</c>.</summary>
internal static class TableCommand
{
    private const int ComparedCosts = 20;

    public static int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            TableOptions options = TableOptions.Parse(arguments);
            if (options.ShowHelp)
            {
                Console.WriteLine(TableOptions.Help);
                return 0;
            }

            Section[] sections = Chosen(options.Only);
            if (options.List)
            {
                List(sections);
                return 0;
            }

            Print(sections, options);
            return 0;
        }
        catch (TableUsageException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            Console.Error.WriteLine();
            Console.Error.WriteLine(TableOptions.Help);
            return 2;
        }
    }

    private static Section[] Chosen(string only)
    {
        bool Fits(string name) => name.Contains(only, StringComparison.OrdinalIgnoreCase);
        Section[] sections =
        [
            .. Sections.All
                .Select(
                    section => Fits(section.Title) ? section : section with { Cases = [.. section.Cases.Where(entry => Fits(entry.Name))] })
                .Where(section => section.Cases.Count > 0),
        ];
        return sections.Length > 0
            ? sections
            : throw new TableUsageException($"No case or section has '{only}' in its name; --list lists them.");
    }

    private static void List(IReadOnlyList<Section> sections)
    {
        foreach (Section section in sections)
        {
            Console.WriteLine(section.Title);
            foreach (Case entry in section.Cases)
            {
                Console.WriteLine($"  {entry.Name}{(entry.Peer is null ? "" : $"  [{entry.Peer.Script} {entry.Peer.Name}]")}");
            }
        }
    }

    private static void Print(IReadOnlyList<Section> sections, TableOptions options)
    {
        using var peers = new PeerScripts();
        using var two = new ThreadTeam(2);
        var page = new TablePage(Console.Out, options.Markdown);

        // Peers are started before the heading, which names their versions.
        IEnumerable<string?> scripts = sections.SelectMany(section => section.Cases).Select(entry => entry.Peer?.Script);
        foreach (string script in scripts.OfType<string>().Distinct())
        {
            peers.Start(script);
        }

        page.Heading(Machine.Describe(peers.Versions), options);
        foreach (Section section in sections)
        {
            page.Begin(section);
            foreach (Case entry in section.Cases)
            {
                page.Row(section, entry, section.ComparesThreads ? Threads(entry, two, options) : Beside(entry, peers, options, page));
            }

            page.End();
        }

        page.Finish();
    }

    private static Measurement Beside(Case entry, PeerScripts peers, TableOptions options, TablePage page)
    {
        PeerScript? peer = entry.Peer is null ? null : peers.Start(entry.Peer.Script);
        Work work = peer is not null && entry.PrepareTo is { } prepareTo
            ? prepareTo(ThreadTeam.SingleThread, peer.Call(entry.Peer!.Name, HeatCases.Instances))
            : entry.Prepare(ThreadTeam.SingleThread);
        Stopwatches.WarmUp(work.Run);
        if (peer is not null && work.Costs is not null)
        {
            page.Note(CostNote(entry, work.Costs(ComparedCosts), peer.Call(entry.Peer!.Name, ComparedCosts)));
        }

        // A node's time is in nanoseconds.
        double scale = work.Count == 1 ? 1 : 1000.0 / work.Count;
        return Measurement.Take(
            () => [.. Stopwatches.Sample(work.Run, options.Seconds).Select(time => time * scale)],
            peer is null ? null : () => peer.Sample(entry.Peer!.Name, options.Seconds),
            options.Rounds);
    }

    private static Measurement Threads(Case entry, ThreadTeam two, TableOptions options)
    {
        Work both = entry.Prepare(two);
        Work alone = entry.Prepare(ThreadTeam.SingleThread);
        Stopwatches.WarmUp(both.Run);
        Stopwatches.WarmUp(alone.Run);
        return Measurement.Take(
            () => Stopwatches.Sample(both.Run, options.Seconds), () => Stopwatches.Sample(alone.Run, options.Seconds), options.Rounds);
    }

    private static string CostNote(Case entry, double[] ours, double[] theirs)
    {
        Distribution excess = Distribution.Of(ours.Zip(theirs, (mine, other) => (mine - other) / other));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Name}: final cost over {ours.Length} instances {ours.Average():G8} on average, SciPy's {theirs.Average():G8}; ours "
                + $"exceeds SciPy's by {excess.Median:E1} of it in the median and by {excess.Greatest:E1} at worst.");
    }
}

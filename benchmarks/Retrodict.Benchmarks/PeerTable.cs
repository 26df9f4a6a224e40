using System.Globalization;

namespace Retrodict.Benchmarks;

/// <summary>
/// Times every case, ours and the peer's in turn so that drift of the machine hits both alike, and prints medians, spread and ratios.
/// </summary>
internal static class PeerTable
{
    private const int Rounds = 3;

    public static int Run(string[] options)
    {
        bool markdown = options.Contains("--markdown");
        string only = options.FirstOrDefault(option => !option.StartsWith("--", StringComparison.Ordinal)) ?? "";
        string? torch = TorchPeer.Version();
        Console.Error.WriteLine(torch is null ? "PyTorch is not installed (Debian: apt-get install python3-torch); ours alone." : $"Peer: PyTorch {torch}, one thread.");
        Console.WriteLine(markdown ? "| case | median (us) | quartiles (us) | PyTorch (us) | ratio | goal | met |" : Line("case", "median us", "quartiles us", "torch us", "ratio", "goal", "met"));
        if (markdown)
        {
            Console.WriteLine("|---|---|---|---|---|---|---|");
        }

        foreach (Case entry in Cases.All.Where(entry => entry.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            Action work = entry.Prepare();
            var ours = new List<double>();
            var theirs = new List<double>();
            for (int round = 0; round < Rounds; round++)
            {
                ours.AddRange(Stopwatches.Sample(work));
                if (torch is not null && entry.Peer is not null)
                {
                    theirs.Add(TorchPeer.Median(entry.Peer));
                }
            }

            Print(entry, ours, theirs, markdown);
        }

        return 0;
    }

    private static void Print(Case entry, List<double> ours, List<double> theirs, bool markdown)
    {
        ours.Sort();
        double median = Stopwatches.Median(ours);
        string quartiles = $"{Number(ours[ours.Count / 4])} to {Number(ours[ours.Count * 3 / 4])}";
        double? peer = theirs.Count > 0 ? Stopwatches.Median(theirs) : null;
        string ratio = peer is null ? "" : $"1/{Number(peer.Value / median)}";
        string goal = entry.Goal is not { } limit ? "" : entry.Peer is null ? $"{Number(limit)} us" : limit == 1 ? "1" : $"1/{Number(1 / limit)}";
        double? measured = entry.Peer is null ? median : median / peer;
        string met = measured is null || entry.Goal is null ? "" : measured <= entry.Goal ? "yes" : "no";
        string[] cells = [entry.Name, Number(median), quartiles, peer is null ? "" : Number(peer.Value), ratio, goal, met];
        Console.WriteLine(markdown ? $"| {string.Join(" | ", cells)} |" : Line(cells));
    }

    private static string Number(double value) => value.ToString(value >= 1000 ? "F0" : value >= 100 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);

    private static string Line(params string[] cells) => string.Create(
        CultureInfo.InvariantCulture, $"{cells[0],-64} {cells[1],10} {cells[2],18} {cells[3],10} {cells[4],8} {cells[5],9} {cells[6],4}");
}

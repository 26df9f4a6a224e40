using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Retrodict.Data;

namespace Retrodict.Tests.Regressions;

/// <summary>A fit with what another program finds for it: a line of <c>data/r.csv</c> or <c>data/scipy.csv</c>.</summary>
internal sealed partial class PeerFit
{
    private readonly Dictionary<string, string> _cells;

    private PeerFit(Dictionary<string, string> cells) => _cells = cells;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PeerFit> All { get; } = [.. Read("r.csv"), .. Read("scipy.csv")];

    public string Name => _cells["name"];

    /// <summary>The estimates, in the order of the starts.</summary>
    public IReadOnlyDictionary<string, double> Estimates => Numbers("estimates");

    /// <summary>The standard errors of those that no bound holds.</summary>
    public IReadOnlyDictionary<string, double> StandardErrors => Numbers("errors");

    /// <summary>The sum of squared residuals, each divided by its standard deviation where those are given.</summary>
    public double ResidualSumOfSquares => double.Parse(_cells["rss"], CultureInfo.InvariantCulture);

    /// <summary>Whether standard deviations are taken as they are given: SciPy's absolute_sigma; R's weights are relative.</summary>
    public bool HasAbsoluteSigma { get; private init; }

    public Regression Regression => new(
        $"{_cells["response"]} = {_cells["model"]}", CsvFile.Read(Path.Combine(Folder(), $"{Name}.csv")))
    {
        Start = [.. Numbers("start").Select(entry => (entry.Key, entry.Value))],
        Bounds =
        [
            .. Pairs("bounds").Select(entry =>
                (entry.Name, Limit(entry.Value, 0, double.NegativeInfinity), Limit(entry.Value, 1, double.PositiveInfinity))),
        ],
        Sigma = _cells["sigma"] is { Length: > 0 } sigma ? sigma : null,
    };

    private static IEnumerable<PeerFit> Read(string table)
    {
        string[][] lines =
        [
            .. File.ReadLines(Path.Combine(Folder(), table))
                .Select(line => Cells().Matches(line).Select(cell => cell.Value.Trim('"')).ToArray()),
        ];
        return lines.Skip(1).Select(cells => new PeerFit(
            lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)) { HasAbsoluteSigma = table == "scipy.csv" });
    }

    private Dictionary<string, double> Numbers(string column) =>
        Pairs(column).ToDictionary(entry => entry.Name, entry => double.Parse(entry.Value, CultureInfo.InvariantCulture));

    private IEnumerable<(string Name, string Value)> Pairs(string column) => _cells.GetValueOrDefault(column, "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split('='))
        .Select(entry => (entry[0], entry[1]));

    private static double Limit(string limits, int end, double none) =>
        limits.Split(':')[end] is { Length: > 0 } limit ? double.Parse(limit, CultureInfo.InvariantCulture) : none;

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "data");

    [GeneratedRegex("(?<=^|,)(?:\"[^\"]*\"|[^,]*)(?=,|$)")]
    private static partial Regex Cells();
}

using System.Globalization;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Readers;

/// <summary>Where <c>solve</c> was asked to start: a word, or rows of a file.</summary>
internal static class StartReader
{
    private const string Zeros = "zeros";
    private const string Mean = "mean";
    private const string Middle = "middle";

    /// <summary>Settings with the start.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="settings">The settings without it.</param>
    /// <param name="count">How many instances there are.</param>
    public static CaseSettings Read(SolveRequest request, CaseSettings settings, int count) => request.Start switch
    {
        null => settings,
        Zeros => settings with { Start = StartPoint.Zeros },
        Mean => settings with { Start = StartPoint.PriorMean },
        Middle => HasMiddle(request.Bounds ?? request.Problem.Bounds, request.Problem.Unknowns)
            ? settings with { Start = StartPoint.Middle }
            : throw new UsageException("--start is 'middle', but the bounds have none; give finite --bounds"),
        var address => settings with { Starts = FromFile(request.Problem, address, count) },
    };

    private static RowTable FromFile(BenchmarkProblem problem, string address, int count)
    {
        RequireAddress(address);
        RowTable starts = RowReader.Load("--start", address, problem.Unknowns, $"a start for {problem.Name}");
        return starts.Count == 1 || starts.Count == count ? starts : throw new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"--start: '{address}' has {starts.Count} rows; it must have 1, for all instances, or {count}, one each"));
    }

    private static bool HasMiddle(Box bounds, int n) =>
        Enumerable.Range(0, n).All(i => double.IsFinite((bounds.Lower(i) + bounds.Upper(i)) / 2));

    /// <summary>A single word that is no file is a slip in a name.</summary>
    private static void RequireAddress(string start)
    {
        if (!File.Exists(start) && !start.Contains('.', StringComparison.Ordinal) && !start.Contains(':', StringComparison.Ordinal))
        {
            string hint = NearestName.Find(start, [Zeros, Mean, Middle]) is { } nearest ? $"; did you mean '{nearest}'?" : "";
            throw new UsageException($"--start is '{start}'; it must be zeros, mean, middle or FILE:ARRAY{hint}");
        }
    }
}

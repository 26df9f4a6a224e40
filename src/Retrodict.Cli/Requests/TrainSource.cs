using Retrodict.Catalogue;

namespace Retrodict.Cli.Requests;

/// <summary>What is learned from: a problem, or a file of pairs.</summary>
/// <param name="Problem">The problem, or null.</param>
/// <param name="File">The file, or null.</param>
internal sealed record TrainSource(BenchmarkProblem? Problem, string? File)
{
    public const string DataPrefix = "data:";

    public override string ToString() => Problem?.Name ?? DataPrefix + File;
}

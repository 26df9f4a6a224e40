using Retrodict.Catalogue;
using Retrodict.Comparison;

namespace Retrodict.Cli.Requests;

/// <summary>What <c>solve</c> was asked for; null where the problem's own is meant. No file has been opened.</summary>
internal sealed record SolveRequest
{
    public required BenchmarkProblem Problem { get; init; }

    public required Settings Settings { get; init; }

    public required IReadOnlyList<MethodRequest> Methods { get; init; }

    public required Budget Budget { get; init; }

    public required LearnedRequest Learned { get; init; }

    public string? Observations { get; init; }

    public string? Truth { get; init; }

    public string? PriorSamples { get; init; }

    public bool WithoutPrior { get; init; }

    public string? Start { get; init; }

    public int? Instances { get; init; }

    public RobustLoss? Loss { get; init; }

    public StopChoice Stop { get; init; }

    public double? Tolerance { get; init; }

    public int? MaxIterations { get; init; }

    public Box? Bounds { get; init; }

    public string? Out { get; init; }
}

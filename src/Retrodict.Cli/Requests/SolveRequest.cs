using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Cli.Requests;

/// <summary>What was asked for; null where the problem's own is meant.</summary>
internal sealed record SolveRequest
{
    public required BenchmarkProblem Problem { get; init; }

    public required Settings Settings { get; init; }

    public string? Observations { get; init; }

    public string? Truth { get; init; }

    public string? PriorSamples { get; init; }

    public bool WithoutPrior { get; init; }

    public string? Start { get; init; }

    public int? Instances { get; init; }

    /// <summary>The methods, with their own stopping rules and the limits that were asked for.</summary>
    public IReadOnlyList<Solver> Solvers { get; init; } = [];

    /// <summary>A learned inverse of the problem.</summary>
    public DeceptronModel? Model { get; init; }

    public Arm Arm { get; init; }

    public RobustLoss? Loss { get; init; }

    public StopChoice Stop { get; init; }

    public double? Tolerance { get; init; }

    public int? MaxIterations { get; init; }

    public Box? Bounds { get; init; }

    public string? Out { get; init; }
}

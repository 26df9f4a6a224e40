using Retrodict.Learning;

namespace Retrodict.Cli.Requests;

/// <summary>What <c>train</c> was asked for; null where the problem's own is meant.</summary>
internal sealed record TrainRequest
{
    public required TrainSource Source { get; init; }

    public required Settings Settings { get; init; }

    public TrainMode Mode { get; init; }

    public string? Architecture { get; init; }

    public JacobianPenalty? Penalty { get; init; }

    public int? Steps { get; init; }

    public bool Resume { get; init; }

    /// <summary>The file of the model; null to keep none.</summary>
    public required string? Out { get; init; }

    /// <summary>The first part of the names of the files that a cancelled training goes on from.</summary>
    public string? Checkpoint => Out is null ? null : $"{Out}.checkpoint";

    /// <summary>Whether such files are there.</summary>
    public bool HasCheckpoint => Checkpoint is { } path
        && Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{Path.GetFileName(path)}.*").Any();
}

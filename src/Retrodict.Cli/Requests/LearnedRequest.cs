using Retrodict.Comparison;

namespace Retrodict.Cli.Requests;

/// <summary>What was asked of a learned inverse.</summary>
internal sealed record LearnedRequest
{
    /// <summary>The file of the model; null for none.</summary>
    public string? Model { get; init; }

    public Arm Arm { get; init; }

    /// <summary>The form of learned steps; null for the model's.</summary>
    public PullBackForm? Form { get; init; }

    public bool Safeguard { get; init; } = true;
}

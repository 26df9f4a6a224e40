namespace Retrodict;

/// <summary>Why a regression could not go on: where its model, or the model's derivative, is not finite.</summary>
public sealed record NonFiniteCause
{
    /// <summary>The first row concerned, from 0, among those that are fitted; null if no row is known.</summary>
    public int? Row { get; init; }

    /// <summary>How people find that row: a line of a file, or a number.</summary>
    public string? Place { get; init; }

    /// <summary>The parameter whose derivative is not finite; null if the model's value is not.</summary>
    public string? Parameter { get; init; }

    /// <summary>The part of the formula that makes it so; null if it was not found.</summary>
    public string? Expression { get; init; }

    /// <summary>What that part does, such as <c>a power of a negative base, -3</c>; null if it was not found.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Advice { get; init; }

    /// <summary>What is wrong, as a sentence without a full stop.</summary>
    public required string Message { get; init; }

    /// <summary><see cref="Message"/> and <see cref="Advice"/>.</summary>
    public override string ToString() => $"{Message}; {Advice}";
}

using Retrodict.Data;

namespace Retrodict.Cli.Requests;

/// <summary>What <c>fit</c> was asked for.</summary>
internal sealed record FitRequest
{
    /// <summary>The path that stands for what is piped in.</summary>
    public const string StandardInput = "-";

    public required string File { get; init; }

    /// <summary>The file as people call it.</summary>
    public string Source => File == StandardInput ? "standard input" : File;

    /// <summary>How the tables are read.</summary>
    public CsvOptions Reading { get; init; } = CsvOptions.Default;

    /// <summary>Short names of columns.</summary>
    public IReadOnlyList<(string Name, string Column)> Columns { get; init; } = [];

    public MissingValues Missing { get; init; }

    public required string Model { get; init; }

    public required Settings Settings { get; init; }

    public IReadOnlyList<(string Name, double Value)> Start { get; init; } = [];

    public IReadOnlyList<(string Name, double Value)> Fixed { get; init; } = [];

    public IReadOnlyList<(string Name, double Lower, double Upper)> Bounds { get; init; } = [];

    public string? Response { get; init; }

    public string? Sigma { get; init; }

    /// <summary>Whether residuals and fitted values are shown.</summary>
    public bool Residuals { get; init; }

    public string? Predict { get; init; }

    public string? Out { get; init; }

    public RobustLoss? Loss { get; init; }

    public required Solver Solver { get; init; }
}

namespace Retrodict.Cli.Requests;

/// <summary>The values of <c>--mode</c>.</summary>
internal enum TrainMode
{
    /// <summary>The forward model is given.</summary>
    Physics,

    /// <summary>It is learned too.</summary>
    Surrogate,
}

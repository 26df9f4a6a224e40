namespace Retrodict.Cli.Requests;

/// <summary>The values of <c>--arm</c>: which forward model solvers see.</summary>
internal enum Arm
{
    /// <summary>The true one.</summary>
    Physics,

    /// <summary>The one learned in the model.</summary>
    Surrogate,
}

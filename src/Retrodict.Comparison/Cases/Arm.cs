namespace Retrodict.Comparison;

/// <summary>Which forward model solvers see. Results are judged on the true one either way, and arms are never mixed up in a
/// report.</summary>
public enum Arm
{
    /// <summary>The true one.</summary>
    Physics,

    /// <summary>The one learned in a model.</summary>
    Surrogate,
}

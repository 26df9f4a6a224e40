namespace Retrodict.Comparison;

/// <summary>What ends solves besides a method's own rule.</summary>
public enum StopChoice
{
    /// <summary>Nothing: a first-order optimum, or no further step.</summary>
    Default,

    /// <summary>The residual tolerance.</summary>
    Tolerance,

    /// <summary>The discrepancy <see cref="CaseStopping.Discrepancy"/>.</summary>
    Discrepancy,
}

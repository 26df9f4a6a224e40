namespace Retrodict.Comparison;

/// <summary>When an instance counts as solved.</summary>
public static class SuccessRules
{
    /// <summary>The discrepancy up to which an estimate explains its measurement.</summary>
    public const double DiscrepancyLimit = 1.2;
}

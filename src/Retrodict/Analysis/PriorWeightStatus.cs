namespace Retrodict;

/// <summary>How the choice of a prior's weight ended.</summary>
public enum PriorWeightStatus
{
    /// <summary>Nothing has been searched.</summary>
    None,

    /// <summary>The rule is met, and nothing speaks against it.</summary>
    Found,

    /// <summary>The rule would have a smaller weight than was tried, the smallest of which was taken. With the discrepancy: no weight
    /// explains the measurement as well as asked for; the model or the size of the noise is wrong.</summary>
    AtLowerEnd,

    /// <summary>The rule would have a larger weight than was tried, the largest of which was taken. With the discrepancy: the prior alone
    /// explains the measurement.</summary>
    AtUpperEnd,

    /// <summary>At no weight was the rule's measure a finite number; the problem is solved as it was given.</summary>
    NotFound,

    /// <summary>The caller cancelled; the weight that suited best so far was taken.</summary>
    Cancelled,

    /// <summary>The rule is met, but <see cref="PriorWeightResult.Doubt"/> says what speaks against it: look at
    /// <see cref="PriorWeightResult.Curve"/>, and at what the other rules choose.</summary>
    Doubtful,
}

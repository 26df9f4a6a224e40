namespace Retrodict.Comparison;

/// <summary>Where methods start.</summary>
public enum StartPoint
{
    /// <summary>At the problem's own start.</summary>
    Problem,

    /// <summary>At zeros.</summary>
    Zeros,

    /// <summary>At the prior's mean, whether or not there is a prior in the objective.</summary>
    PriorMean,

    /// <summary>In the middle of the bounds.</summary>
    Middle,
}

namespace Retrodict;

/// <summary>A parameter of a regression.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Estimate">Its value.</param>
/// <param name="StandardError">The standard error; NaN unless it was estimated and the degrees of freedom allow it.</param>
/// <param name="Margin">Half the width of the 95 % interval around the estimate: the standard error times the quantile of Student's t, or
/// of the normal distribution where the noise was given.</param>
/// <param name="State">What the value rests on.</param>
public readonly record struct ParameterEstimate(string Name, double Estimate, double StandardError, double Margin, ParameterState State)
{
    /// <summary>The lower end of the interval; the bound where the margin would run past it.</summary>
    public double Lower { get; init; } = Estimate - Margin;

    /// <summary>The upper end of the interval; the bound where the margin would run past it.</summary>
    public double Upper { get; init; } = Estimate + Margin;

    /// <summary>Whether a bound cuts the interval. What is left need not hold the true value as often as it says.</summary>
    public bool IsCutByBound { get; init; }
}

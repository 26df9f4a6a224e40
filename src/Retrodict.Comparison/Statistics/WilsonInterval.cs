namespace Retrodict.Comparison;

/// <summary>The 95 % confidence interval of a probability by E. B. Wilson's score, which stays within [0, 1] and is right for few trials
/// too.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
/// <remarks>E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical
/// Association 22 (1927).</remarks>
public readonly record struct WilsonInterval(double Lower, double Upper)
{
    private const double Quantile = 1.959963984540054;

    /// <summary>The interval for a share of successes.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="trials">The number of trials, at least 1.</param>
    public static WilsonInterval Of(double share, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is from 0 to 1.");
        }

        double z2 = Quantile * Quantile / trials;
        double center = (share + (z2 / 2)) / (1 + z2);
        double half = Quantile * Math.Sqrt((share * (1 - share) / trials) + (z2 / (4 * trials))) / (1 + z2);
        return new WilsonInterval(Math.Max(0, center - half), Math.Min(1, center + half));
    }

    /// <summary>Whether a share lies in the interval.</summary>
    /// <param name="share">The share.</param>
    public bool Contains(double share) => share >= Lower && share <= Upper;
}

namespace Retrodict.Comparison;

/// <summary>Samples in a few numbers; NaN, and a total of 0, where there are none.</summary>
/// <param name="Count">How many.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Least">The least.</param>
/// <param name="Lower">The lower quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="Upper">The upper quartile.</param>
/// <param name="Greatest">The greatest.</param>
/// <remarks>Quantiles are by linear interpolation between the sorted samples (R's type 7, NumPy's default).</remarks>
public readonly record struct Distribution(
    int Count, double Total, double Least, double Lower, double Median, double Upper, double Greatest)
{
    /// <summary>The mean.</summary>
    public double Mean => Count == 0 ? double.NaN : Total / Count;

    /// <summary>The distribution of samples.</summary>
    /// <param name="samples">The samples.</param>
    public static Distribution Of(IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        return new Distribution(
            sorted.Length,
            sorted.Sum(),
            Quantile(sorted, 0),
            Quantile(sorted, 0.25),
            Quantile(sorted, 0.5),
            Quantile(sorted, 0.75),
            Quantile(sorted, 1));
    }

    private static double Quantile(double[] sorted, double fraction)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        double position = fraction * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}

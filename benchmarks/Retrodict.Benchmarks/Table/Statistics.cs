namespace Retrodict.Benchmarks;

/// <summary>The least, the greatest, the median and the quartiles of samples.</summary>
internal readonly record struct Statistics(double Least, double Lower, double Median, double Upper, double Greatest)
{
    /// <summary>Quantiles by linear interpolation between the sorted samples (R's type 7, NumPy's default).</summary>
    public static Statistics Of(IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        return new Statistics(sorted[0], Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1]);
    }

    private static double Quantile(double[] sorted, double fraction)
    {
        double position = fraction * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}

using Retrodict.Randomness;

namespace Retrodict.Tests.Randomness;

/// <summary>Statistical checks on fixed seeds: they cannot fail by chance, and fail for a wrong transformation.</summary>
public sealed class DistributionTests
{
    private const int Count = 200_000;

    [Fact]
    public void Uniform_numbers_pass_the_test_of_Kolmogorov_and_Smirnov()
        => Assert.InRange(KolmogorovSmirnov(Draw(stream => stream.NextDouble()), x => x), 0.0, 1.63);

    [Fact]
    public void Uniform_floats_pass_the_test_of_Kolmogorov_and_Smirnov()
        => Assert.InRange(KolmogorovSmirnov(Draw(stream => stream.NextSingle()), x => x), 0.0, 1.63);

    [Fact]
    public void Normal_numbers_pass_the_test_of_Kolmogorov_and_Smirnov()
        => Assert.InRange(KolmogorovSmirnov(Draw(stream => stream.NextNormal()), NormalCdf), 0.0, 1.63);

    [Fact]
    public void The_first_draws_of_many_indices_pass_the_test_of_Kolmogorov_and_Smirnov()
    {
        RandomStream stream = new(21, "indices");
        double[] values = [.. Enumerable.Range(0, Count).Select(i => stream.At(i).NextDouble())];
        Assert.InRange(KolmogorovSmirnov(values, x => x), 0.0, 1.63);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        double[] values = Draw(stream => stream.NextNormal());
        double Moment(int power) => values.Average(z => Math.Pow(z, power));

        // Four standard errors; the variance of z^k is (2k - 1)!! less the square of the mean of z^k.
        Assert.InRange(Moment(1), -4 * Math.Sqrt(1.0 / Count), 4 * Math.Sqrt(1.0 / Count));
        Assert.InRange(Moment(2) - 1, -4 * Math.Sqrt(2.0 / Count), 4 * Math.Sqrt(2.0 / Count));
        Assert.InRange(Moment(3), -4 * Math.Sqrt(15.0 / Count), 4 * Math.Sqrt(15.0 / Count));
        Assert.InRange(Moment(4) - 3, -4 * Math.Sqrt(96.0 / Count), 4 * Math.Sqrt(96.0 / Count));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Whole_numbers_are_equally_likely(int n)
    {
        int[] counts = new int[n];
        RandomStream stream = new(22, "integers");
        for (int i = 0; i < Count; i++)
        {
            counts[stream.NextInt(n)]++;
        }

        AssertUniform(counts, Count);
    }

    [Fact]
    public void Whole_numbers_below_a_large_bound_show_no_bias()
    {
        // Three eighths of 2^32: without redrawing, one number in three would have two words to come from and the others three.
        const int N = 1610612736;
        int[] thirds = new int[3];
        RandomStream stream = new(23, "bias");
        for (int i = 0; i < Count; i++)
        {
            thirds[stream.NextInt(N) % 3]++;
        }

        AssertUniform(thirds, Count);
    }

    [Fact]
    public void Bytes_are_equally_likely_and_so_are_signs()
    {
        int[] bytes = new int[256];
        RandomStream stream = new(24, "bytes");
        for (int i = 0; i < Count; i++)
        {
            uint word = stream.NextUInt32();
            for (int shift = 0; shift < 32; shift += 8)
            {
                bytes[(byte)(word >> shift)]++;
            }
        }

        AssertUniform(bytes, 4 * Count);
        double[] signs = Draw(s => s.NextRademacher());
        Assert.All(signs, sign => Assert.True(sign is 1.0 or -1.0));
        AssertUniform([signs.Count(s => s > 0), signs.Count(s => s < 0)], Count);
    }

    [Fact]
    public void Every_order_of_four_items_is_equally_likely()
    {
        Dictionary<string, int> orders = [];
        RandomStream stream = new(25, "shuffle");
        int[] items = new int[4];
        for (int i = 0; i < 48_000; i++)
        {
            items = [0, 1, 2, 3];
            stream.Shuffle(items.AsSpan());
            string order = string.Concat(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, orders.Count);
        AssertUniform([.. orders.Values], 48_000);
    }

    [Fact]
    public void Neighboring_streams_are_uncorrelated()
    {
        RandomStream root = new(26);
        AssertUncorrelated(root.Child("a"), root.Child("b"));
        AssertUncorrelated(root.Child("a"), root.Child("a").At(0));
        AssertUncorrelated(root.At(0), root.At(1));
        AssertUncorrelated(new RandomStream(0), new RandomStream(1));
        RandomStream lagged = new(27);
        lagged.NextNormal();
        AssertUncorrelated(new RandomStream(27), lagged);
    }

    [Fact]
    public void Filling_is_drawing_in_order_and_floats_are_the_doubles_rounded()
    {
        AssertFills((stream, span) => stream.FillNormal(span), (stream, span) => stream.FillNormal(span), stream => stream.NextNormal());
        AssertFills(
            (stream, span) =>
                stream.FillUniform(span, -2, 3), (stream, span) => stream.FillUniform(span, -2, 3), stream => stream.NextUniform(-2, 3));
        AssertFills((stream, span) => stream.FillUniform(span), (stream, span) => stream.FillUniform(span), stream => stream.NextDouble());
        AssertFills(
            (stream, span) =>
                stream.FillRademacher(span), (stream, span) => stream.FillRademacher(span), stream => stream.NextRademacher());
    }

    [Fact]
    public void Uniform_numbers_stay_below_the_upper_end_even_where_they_round()
    {
        RandomStream stream = new(28);
        float[] floats = new float[1000];

        // Between these two lie no other floats, so half of the doubles would round up.
        stream.FillUniform(floats.AsSpan(), 1.0, MathF.BitIncrement(1.0f));
        Assert.All(floats, value => Assert.Equal(1.0f, value));
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(1.0, stream.NextUniform(1.0, Math.BitIncrement(1.0)));
        }

        Assert.Equal(5.0, stream.NextUniform(5.0, 5.0));
    }

    private delegate void Filler<T>(RandomStream stream, Span<T> destination);

    private static void AssertFills(Filler<double> doubles, Filler<float> floats, Func<RandomStream, double> draw)
    {
        double[] filled = new double[101];
        float[] rounded = new float[101];
        doubles(new RandomStream(29), filled);
        floats(new RandomStream(29), rounded);
        RandomStream stream = new(29);
        for (int i = 0; i < filled.Length; i++)
        {
            double drawn = draw(stream);
            Assert.Equal(drawn, filled[i]);
            Assert.Equal((float)drawn, rounded[i]);
        }
    }

    private static double[] Draw(Func<RandomStream, double> draw)
    {
        RandomStream stream = new(20, "distribution");
        double[] values = new double[Count];
        foreach (ref double value in values.AsSpan())
        {
            value = draw(stream);
        }

        return values;
    }

    /// <summary>sqrt(n) times the greatest distance from the distribution function; above 1.63 once in a hundred times.</summary>
    private static double KolmogorovSmirnov(double[] values, Func<double, double> cdf)
    {
        Array.Sort(values);
        double distance = 0.0;
        for (int i = 0; i < values.Length; i++)
        {
            double p = cdf(values[i]);
            distance = Math.Max(distance, Math.Max(p - ((double)i / values.Length), ((i + 1.0) / values.Length) - p));
        }

        return distance * Math.Sqrt(values.Length);
    }

    /// <summary>Pearson's chi-square, normalized: beyond 3.1 about once in a thousand times for many cells.</summary>
    private static void AssertUniform(int[] counts, int total)
    {
        double expected = (double)total / counts.Length;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        double freedom = counts.Length - 1;

        // Wilson and Hilferty: the cube root of chi-square over its freedom is nearly normal.
        double z = (Math.Cbrt(chiSquare / freedom) - 1 + (2 / (9 * freedom))) / Math.Sqrt(2 / (9 * freedom));
        Assert.InRange(z, -3.1, 3.1);
    }

    private static void AssertUncorrelated(RandomStream a, RandomStream b)
    {
        double sum = 0.0;
        for (int i = 0; i < Count; i++)
        {
            sum += a.NextNormal() * b.NextNormal();
        }

        Assert.InRange(sum / Math.Sqrt(Count), -3.5, 3.5);
    }

    /// <summary>The distribution function by the series of Marsaglia (2004), which shares nothing with the code under test.</summary>
    private static double NormalCdf(double z)
    {
        if (Math.Abs(z) > 8)
        {
            return z < 0 ? 0 : 1;
        }

        double sum = z, term = z;
        for (int k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum) && k < 400; k += 2)
        {
            term *= z * z / k;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI));
    }
}

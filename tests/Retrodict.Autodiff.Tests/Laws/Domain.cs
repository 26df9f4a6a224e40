namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Where a case's input is sampled: a range that keeps clear of the function's kinks and poles.</summary>
/// <param name="Name">What it prints as.</param>
/// <param name="Sample">Draws so many numbers.</param>
/// <param name="Centers">Numbers around which it reaches on either side.</param>
/// <param name="Radius">How far.</param>
internal sealed record Domain(string Name, Func<Random, int, double[]> Sample, double[] Centers, double Radius)
{
    /// <summary>Smooth everywhere: [-1.5, 1.5].</summary>
    public static Domain Plain { get; } = Interval("plain", -1.5, 1.5);

    /// <summary>Tangents and cotangents: [-1, 1].</summary>
    public static Domain Direction { get; } = Interval("direction", -1, 1);

    /// <summary>Arguments of logarithms, roots and denominators: [0.6, 2].</summary>
    public static Domain Positive { get; } = Interval("positive", 0.6, 2);

    /// <summary>Both signs, but not near zero.</summary>
    public static Domain AwayFromZero { get; } = new("away from zero", static (random, count) =>
        Generate(count, () => (random.Next(2) == 0 ? -1 : 1) * (0.4 + random.NextDouble())), [-0.9, 0.9], 0.5);

    /// <summary>Numbers with a gap of at least 0.16 between any two, none near an integer.</summary>
    public static Domain Apart { get; } = Gaps(0.1, [-2.5, -1.5, -0.5, 0.5, 1.5]);

    /// <summary>The same, at least 0.06 from all numbers of <see cref="Apart"/>; may be near integers.</summary>
    public static Domain Between { get; } = Gaps(0.2, [-2, -1, 0, 1, 2]);

    /// <summary>Points all over the intervals around the centers.</summary>
    public IEnumerable<double> Grid => Centers.SelectMany(_ => Enumerable.Range(-2, 5), (center, i) => center + (0.5 * i * Radius));

    public static double[] Generate(int count, Func<double> next)
    {
        var numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = next();
        }

        return numbers;
    }

    private static Domain Interval(string name, double low, double high) =>
        new(
            name, (random, count) => Generate(count, () => low + ((high - low) * random.NextDouble())), [0.5 * (low + high)],
            0.5 * (high - low));

    private static Domain Gaps(double offset, double[] centers) => new($"gaps {offset}", (random, count) =>
    {
        int[] cells = [.. Enumerable.Range(-count / 2, count)];
        random.Shuffle(cells);
        return [.. cells.Select(cell => (0.2 * cell) + offset + (0.02 * ((2 * random.NextDouble()) - 1)))];
    }, centers, 0.08);
}

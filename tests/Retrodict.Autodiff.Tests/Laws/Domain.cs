namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Where a case's input is sampled: a range that keeps clear of the function's kinks and poles.</summary>
internal sealed record Domain(string Name, Func<Random, int, double[]> Sample)
{
    /// <summary>Smooth everywhere: [-1.5, 1.5].</summary>
    public static Domain Plain { get; } = Interval("plain", -1.5, 1.5);

    /// <summary>Tangents and cotangents: [-1, 1].</summary>
    public static Domain Direction { get; } = Interval("direction", -1, 1);

    /// <summary>Arguments of logarithms, roots and denominators: [0.6, 2].</summary>
    public static Domain Positive { get; } = Interval("positive", 0.6, 2);

    /// <summary>Both signs, but not near zero.</summary>
    public static Domain AwayFromZero { get; } = new("away from zero", static (random, count) =>
        Generate(count, () => (random.Next(2) == 0 ? -1 : 1) * (0.4 + random.NextDouble())));

    /// <summary>Numbers with a gap of at least 0.16 between any two, none near an integer.</summary>
    public static Domain Apart { get; } = Grid(0.1);

    /// <summary>The same, at least 0.06 from all numbers of <see cref="Apart"/>; may be near integers.</summary>
    public static Domain Between { get; } = Grid(0.2);

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
        new(name, (random, count) => Generate(count, () => low + ((high - low) * random.NextDouble())));

    private static Domain Grid(double offset) => new($"grid {offset}", (random, count) =>
    {
        int[] cells = [.. Enumerable.Range(-count / 2, count)];
        random.Shuffle(cells);
        return [.. cells.Select(cell => (0.2 * cell) + offset + (0.02 * ((2 * random.NextDouble()) - 1)))];
    });
}

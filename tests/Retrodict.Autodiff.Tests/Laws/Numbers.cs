namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Arithmetic on lists of arrays, and comparison with a message that names the place.</summary>
internal static class Numbers
{
    public static readonly PlanOptions Simplified = new() { Team = ThreadTeam.SingleThread };

    public static readonly PlanOptions AsWritten = new() { Team = ThreadTeam.SingleThread, Simplify = false };

    public static double[][] Run(Function function, params double[][] inputs) => function.Compile<double>(Simplified).Evaluate(inputs);

    public static double[][] Moved(double[][] point, double step, double[][] direction) =>
        [.. point.Zip(direction, (p, d) => p.Zip(d, (x, v) => x + (step * v)).ToArray())];

    public static double[][] Combined(double a, double[][] x, double b, double[][] y) =>
        [.. x.Zip(y, (p, q) => p.Zip(q, (s, t) => (a * s) + (b * t)).ToArray())];

    public static double Dot(double[][] x, double[][] y) => x.Zip(y, (p, q) => p.Zip(q, (s, t) => s * t).Sum()).Sum();

    public static double Norm(double[][] x) => Math.Sqrt(Dot(x, x));

    /// <summary>Every number within a tolerance relative to the largest of its array, or to 1.</summary>
    public static void AssertClose(string what, double[][] expected, double[][] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertClose($"{what}, output {i}", expected[i], actual[i], relative);
        }
    }

    public static void AssertClose(string what, double[] expected, double[] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Length == 0 ? 0 : expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= relative * scale,
                $"{what}, element {i}: expected {expected[i]:R}, got {actual[i]:R}; off by "
                + $"{Math.Abs(expected[i] - actual[i]) / scale:E1} of {scale:G3}, allowed {relative:E1}.");
        }
    }

    public static double[][] Widened(float[][] x) => [.. x.Select(p => p.Select(e => (double)e).ToArray())];

    public static float[][] Narrowed(double[][] x) => [.. x.Select(p => p.Select(e => (float)e).ToArray())];
}

using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Tests.Regressions;

/// <summary>Intervals of 95 % hold the true value in 95 of 100 measurements, whether the noise is known or estimated.</summary>
public sealed class CoverageTests
{
    private const int Draws = 10_000;
    private const int Rows = 12;

    // Three standard deviations of a count of 10,000 draws are 0.65 points; the rest is what the linearized intervals of a nonlinear
    // model may be off.
    private const double Tolerance = 0.015;

    private static readonly double[] _truth = [3, 0.7, 0.4];
    private static readonly double[] _x = [.. Enumerable.Range(0, Rows).Select(i => 0.4 * i)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Intervals_hold_the_truth_as_often_as_they_say(bool known)
    {
        var covered = new int[_truth.Length];
        Parallel.For(0, Draws, draw =>
        {
            RegressionFit fit = Measure(draw, known).Fit();
            for (int i = 0; i < _truth.Length; i++)
            {
                ParameterEstimate parameter = fit.Parameters[i];
                if (Math.Abs(parameter.Estimate - _truth[i]) <= parameter.Margin)
                {
                    Interlocked.Increment(ref covered[i]);
                }
            }
        });
        Assert.All(covered, count => Assert.InRange(count / (double)Draws, 0.95 - Tolerance, 0.95 + Tolerance));
    }

    private static Regression Measure(int draw, bool known)
    {
        const double Noise = 0.05;
        RandomStream stream = new RandomStream(7, "coverage").At(draw);
        double[] y = [.. _x.Select(x => (_truth[0] * Math.Exp(-_truth[1] * x)) + _truth[2] + (Noise * stream.NextNormal()))];
        return new Regression("a*exp(-k*x)+c", new DataColumns([("y", y), ("x", _x), ("s", [.. _x.Select(_ => Noise)])]))
        {
            Start = [("a", 2), ("k", 1), ("c", 0)],
            Sigma = known ? "s" : null,
        };
    }
}

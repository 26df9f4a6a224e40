using Retrodict.Regressions;

namespace Retrodict.Tests.Regressions;

public sealed class StudentQuantileTests
{
    /// <summary>From closed forms: tan for one degree of freedom, an algebraic function for two and four, the normal quantile for
    /// infinitely many.</summary>
    [Fact]
    public void Closed_forms_are_met()
    {
        Assert.Equal(Math.Tan(Math.PI * 0.475), StudentQuantile.TwoSided(0.95, 1), 1e-11);
        Assert.Equal(0.95 * Math.Sqrt(2 / (1 - (0.95 * 0.95))), StudentQuantile.TwoSided(0.95, 2), 1e-12);
        double alpha = 1 - (0.95 * 0.95);
        double q = Math.Cos(Math.Acos(Math.Sqrt(alpha)) / 3) / Math.Sqrt(alpha);
        Assert.Equal(2 * Math.Sqrt(q - 1), StudentQuantile.TwoSided(0.95, 4), 1e-12);
        Assert.Equal(1.959963984540054, StudentQuantile.TwoSided(0.95, int.MaxValue), 2e-9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(51)]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(2000)]
    public void The_density_between_is_the_probability(int degrees)
    {
        double t = StudentQuantile.TwoSided(0.95, degrees);
        const int Steps = 200_000;
        double inside = 0;
        double whole = 0;

        // By the midpoint rule in t = √ν tan θ; the constant of the density cancels.
        double limit = Math.Atan(t / Math.Sqrt(degrees));
        for (int i = 0; i < Steps; i++)
        {
            inside += Math.Pow(Math.Cos((i + 0.5) * limit / Steps), degrees - 1) * limit / Steps;
            whole += Math.Pow(Math.Cos((i + 0.5) * Math.PI / 2 / Steps), degrees - 1) * Math.PI / 2 / Steps;
        }

        Assert.Equal(0.95, inside / whole, 1e-9);
    }

    [Fact]
    public void Without_degrees_of_freedom_there_is_none() => Assert.True(double.IsNaN(StudentQuantile.TwoSided(0.95, 0)));
}

namespace Retrodict.Tests.Solvers;

public sealed class StoppingRuleTests
{
    [Theory]
    [InlineData(-1e-300)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Tolerances_below_zero_and_NaN_are_refused_by_name(double wrong)
    {
        Assert.Equal(
            "GradientTolerance", Assert.Throws<ArgumentOutOfRangeException>(
                () => new StoppingRule { GradientTolerance = wrong }).ParamName);
        Assert.Equal(
            "StepTolerance", Assert.Throws<ArgumentOutOfRangeException>(() => new StoppingRule { StepTolerance = wrong }).ParamName);
        Assert.Equal(
            "CostTolerance", Assert.Throws<ArgumentOutOfRangeException>(() => new StoppingRule { CostTolerance = wrong }).ParamName);
        Assert.Equal(
            "ResidualTolerance", Assert.Throws<ArgumentOutOfRangeException>(
                () => new StoppingRule { ResidualTolerance = wrong }).ParamName);
        Assert.Equal(
            "StallTolerance", Assert.Throws<ArgumentOutOfRangeException>(() => new StoppingRule { StallTolerance = wrong }).ParamName);
        Assert.Equal(
            "DiscrepancyTolerance", Assert.Throws<ArgumentOutOfRangeException>(
                () => new StoppingRule { DiscrepancyTolerance = wrong }).ParamName);
    }

    [Fact]
    public void A_negative_limit_is_refused() =>
        Assert.Equal("MaxIterations", Assert.Throws<ArgumentOutOfRangeException>(() => new StoppingRule { MaxIterations = -1 }).ParamName);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Limits_that_allow_nothing_are_refused(int wrong)
    {
        Assert.Equal(
            "MaxEvaluations", Assert.Throws<ArgumentOutOfRangeException>(() => new StoppingRule { MaxEvaluations = wrong }).ParamName);
        Assert.Equal(
            "StallPatience", Assert.Throws<ArgumentOutOfRangeException>(() => new StoppingRule { StallPatience = wrong }).ParamName);
    }

    [Fact]
    public void A_negative_time_is_refused_and_none_is_not()
    {
        Assert.Equal(
            "TimeLimit", Assert.Throws<ArgumentOutOfRangeException>(
                () => new StoppingRule { TimeLimit = TimeSpan.FromTicks(-1) }).ParamName);
        Assert.Equal(TimeSpan.Zero, new StoppingRule { TimeLimit = TimeSpan.Zero }.TimeLimit);
    }

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        StoppingRule rule = new();
        Assert.Equal((1e-8, 1e-8, 1e-8), (rule.GradientTolerance, rule.StepTolerance, rule.CostTolerance));
        Assert.Null(rule.ResidualTolerance);
        Assert.Null(rule.DiscrepancyTolerance);
        Assert.Null(rule.StallTolerance);
        Assert.Null(rule.MaxEvaluations);
        Assert.Null(rule.TimeLimit);
        Assert.Equal(20, rule.StallPatience);
        Assert.Same(TimeProvider.System, rule.Clock);
        Assert.Equal(100, rule.MaxIterations);
    }
}

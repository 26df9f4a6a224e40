using Retrodict.Autodiff;

namespace Retrodict.Tests.Checks;

public sealed class DerivativeCheckTests
{
    [Fact]
    public void A_smooth_model_passes()
    {
        DerivativeCheck check = DerivativeCheck.Run(
            new InverseProblem(x => Value.Exp(x) * Value.Sin(2 * x), 6) { Bounds = new Box(-1, 2) });
        Assert.True(check.Passed, check.ToString());
        Assert.Equal(
            ["differences", "adjoint", "forward-reverse", "float32-values", "float32-derivatives",
                "finite"], check.Properties.Select(p => p.Name));
        Assert.All(check.Properties, property => Assert.InRange(property.Error, 0, property.Limit));
    }

    [Fact]
    public void Prior_rows_are_checked_too()
    {
        var problem =
            new InverseProblem(x => Value.Exp(x), 4) { Bounds = new Box(-1, 2), Prior = new TotalVariationPrior(4, smoothing: 0.5) };
        DerivativeCheck check = DerivativeCheck.Run(problem);
        Assert.True(check.Passed, check.ToString());
        Assert.Equal(["prior-differences", "prior-adjoint"], check.Properties.TakeLast(2).Select(p => p.Name));
        Function wrong = Function.Trace(x => x * x, 4).WithJvp(
            Function.Trace([("x", 4), ("v", 4)], inputs => [("y", 2.1 * inputs[0] * inputs[1])]));
        DerivativeCheck broken = DerivativeCheck.Run(problem with { Prior = new ResidualPrior(x => wrong.Apply(x)[0]) });
        Assert.Equal("prior-differences", broken.Properties.Single(p => !p.Passed).Name);
    }

    [Fact]
    public void A_wrong_derivative_is_found()
    {
        Function square = Function.Trace(x => x * x, 3);
        Function wrong = square.WithJvp(Function.Trace(
            [("x", 3), ("v", 3)], inputs => [("y", 2.1 * inputs[0] * inputs[1])]));
        DerivativeCheck check = DerivativeCheck.Run(new InverseProblem(wrong));
        Assert.False(check.Passed);
        CheckedProperty differences = check.Properties.Single(p => !p.Passed);
        Assert.Equal("differences", differences.Name);
        Assert.Equal(0.1 / 2.1, differences.Error, 0.01);
        Assert.Contains("FAIL differences", check.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted()
    {
        DerivativeCheck check = DerivativeCheck.Run(new InverseProblem(x => Value.Log(x), 1) { Bounds = new Box(-1, 1) });
        CheckedProperty finite = check.Properties.Single(p => p.Name == "finite");
        Assert.InRange(finite.Error, 30, 70);
        Assert.False(finite.Passed);
    }

    [Fact]
    public void Differences_stay_inside_of_the_box()
    {
        // The logarithm is not finite below 0 and the square root of 1 - x not above 1.
        DerivativeCheck check = DerivativeCheck.Run(
            new InverseProblem(
                x => Value.Log(x) + Value.Sqrt(1 - x), 4) { Bounds = new Box(0, 1) }, new DerivativeCheckOptions { Points = 50 });
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void Unknowns_without_bounds_are_drawn_from_the_prior()
    {
        // exp overflows a little above 709: only points near the prior's mean are finite.
        var problem =
            new InverseProblem(x => Value.Exp(x + 1000), 2) { Prior = GaussianPrior.FromCovariance([-1000, -1000], [0.01, 0, 0, 0.01]) };
        Assert.True(DerivativeCheck.Run(problem, new DerivativeCheckOptions { PrecisionLimit = 1e-3 }).Passed);
    }

    [Fact]
    public void A_constant_model_and_fixed_unknowns_pass()
    {
        Assert.True(DerivativeCheck.Run(new InverseProblem(x => 0 * x, 2)).Passed);
        Assert.True(DerivativeCheck.Run(new InverseProblem(x => x * x, 2) { Bounds = new Box([1, 0], [1, 2]) }).Passed);
    }

    [Fact]
    public void The_same_seed_gives_the_same_errors()
    {
        var problem = new InverseProblem(x => Value.Tanh(x), 5);
        Assert.Equal(DerivativeCheck.Run(problem).Properties, DerivativeCheck.Run(problem).Properties);
        Assert.NotEqual(
            DerivativeCheck.Run(problem).Properties, DerivativeCheck.Run(problem, new DerivativeCheckOptions { Seed = 8 }).Properties);
    }

    [Fact]
    public void It_can_be_cancelled() => Assert.Throws<OperationCanceledException>(
        () => DerivativeCheck.Run(new InverseProblem(x => x, 2), cancellation: new CancellationToken(canceled: true)));
}

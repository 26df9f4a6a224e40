namespace Retrodict.Tests.Problems;

public sealed class RobustLossTests
{
    private const double E = Math.E;

    public static TheoryData<RobustLoss> Losses() =>
        [new HuberLoss(), new SoftL1Loss(), new CauchyLoss(), new ArctanLoss(), new TukeyLoss()];

    public static TheoryData<RobustLoss, double, double, double, double> ByHand() => new()
    {
        { new HuberLoss(), 0.25, 0.25, 1, 0 },
        { new HuberLoss(), 1, 1, 1, 0 },
        { new HuberLoss(), 4, 3, 0.5, -1.0 / 16 },
        { new SoftL1Loss(), 3, 2, 0.5, -1.0 / 16 },
        { new CauchyLoss(), E - 1, 1, 1 / E, -1 / (E * E) },
        { new ArctanLoss(), 1, Math.PI / 4, 0.5, -0.5 },
        { new TukeyLoss(), 0.5, 0.875 / 3, 0.25, -1 },
        { new TukeyLoss(), 1, 1.0 / 3, 0, 0 },
        { new TukeyLoss(), 9, 1.0 / 3, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Values_are_those_computed_by_hand(RobustLoss loss, double s, double rho, double first, double second)
    {
        loss.Evaluate(s, out double value, out double slope, out double curvature);
        Assert.Equal(
            (rho, first, second), (value, slope, curvature), (a, b) =>
                Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2) && Near(a.Item3, b.Item3));
        static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-15;
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Derivatives_are_those_of_differences(RobustLoss loss)
    {
        foreach (double s in new[] { 1e-3, 0.1, 0.5, 0.9, 1.2, 3, 50, 1e4 })
        {
            double h = 1e-5 * s;
            loss.Evaluate(s, out double rho, out double first, out double second);
            loss.Evaluate(s + h, out double above, out double firstAbove, out _);
            loss.Evaluate(s - h, out double below, out double firstBelow, out _);
            Assert.Equal((above - below) / (2 * h), first, 1e-9 * (1 + (rho / s)));
            Assert.Equal((firstAbove - firstBelow) / (2 * h), second, 1e-9 * (Math.Abs(second) + (1 / s)));
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Small_residuals_count_as_in_least_squares(RobustLoss loss)
    {
        loss.Evaluate(0, out double rho, out double first, out _);
        Assert.Equal((0, 1), (rho, first));
        foreach (double s in new[] { 1e-300, 1e-20, 1e-16, 3e-16, 1e-12, 1e-8 })
        {
            loss.Evaluate(s, out rho, out _, out _);
            Assert.Equal(1, rho / s, s + 1e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Nothing_overflows(RobustLoss loss)
    {
        double before = 0;
        foreach (double s in new[] { 1e10, 1e76, 1e100, 1e150, 1e154, 1e155, 1e200, 1e300, double.MaxValue })
        {
            loss.Evaluate(s, out double rho, out double first, out double second);
            Assert.True(
                double.IsFinite(rho) && double.IsFinite(first) && double.IsFinite(second), $"{loss} at {s}: {rho}, {first}, {second}");
            Assert.InRange(first, 0, 1e-5);
            Assert.InRange(second, -1e-10, 0);
            Assert.True(rho >= before);
            before = rho;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Influence_never_grows_and_is_never_negative(RobustLoss loss)
    {
        double before = 1;
        for (double s = 0; s < 20; s += 0.01)
        {
            loss.Evaluate(s, out _, out double first, out double second);
            Assert.InRange(first, 0, before);
            Assert.True(second <= 0);
            before = first;
        }
    }

    /// <summary>In the residual r the second derivative is rho' + 2 s rho''.</summary>
    [Theory]
    [InlineData(typeof(HuberLoss), true)]
    [InlineData(typeof(SoftL1Loss), true)]
    [InlineData(typeof(CauchyLoss), false)]
    [InlineData(typeof(ArctanLoss), false)]
    [InlineData(typeof(TukeyLoss), false)]
    public void Huber_and_soft_L1_are_convex_in_the_residual_and_the_others_are_not(Type type, bool convex)
    {
        RobustLoss loss = Losses().Select(row => row.Data).Single(l => l.GetType() == type);
        double least = double.PositiveInfinity;
        for (double s = 0; s < 100; s += 0.01)
        {
            loss.Evaluate(s, out _, out double first, out double second);
            least = Math.Min(least, first + (2 * s * second));
        }

        Assert.Equal(convex, least >= -1e-15);
    }

    /// <summary>The asymptotic efficiency of an M-estimate of location at the normal distribution, E[psi']^2 / E[psi^2] with psi = r rho'
    /// (Huber 1964).</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Default_scales_keep_95_percent_of_the_efficiency(RobustLoss loss)
    {
        const double H = 1e-3;
        double slope = 0, square = 0;
        for (int i = 0; i < 12000; i++)
        {
            double r = (i + 0.5) * H;
            double s = r / loss.Scale * (r / loss.Scale);
            double density = 2 * H * Math.Exp(-r * r / 2) / Math.Sqrt(2 * Math.PI);
            loss.Evaluate(s, out _, out double first, out double second);
            slope += density * (first + (2 * s * second));
            square += density * r * first * r * first;
        }

        Assert.Equal(0.95, slope * slope / square, 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void A_scale_that_is_none_is_refused(double scale)
    {
        Assert.Equal("scale", Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss(scale)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TukeyLoss(scale));
    }

    [Fact]
    public void Losses_are_values() =>
        Assert.Equal((new HuberLoss(2), false), (new HuberLoss(2), new HuberLoss(2).Equals(new HuberLoss(3))));
}

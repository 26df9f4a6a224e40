using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>Robust losses.</content>
public abstract partial class SolverContract
{
    /// <summary>How close the minimum of a line fit must be met.</summary>
    private const double LineTolerance = 1e-4;

    public static TheoryData<string> Losses => ["huber", "soft l1", "cauchy", "arctan", "tukey"];

    public static TheoryData<string> ConvexLosses => ["huber", "soft l1"];

    /// <summary>Three of the 21 values are 15 to 40 deviations off, all to one side.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void A_robust_loss_recovers_the_line_that_outliers_hide_from_least_squares(string name)
    {
        ContractCase c = Line(Loss(name));
        SolveResult result = c.SolveWith(Solver);
        SolveResult plain = Line(null).SolveWith(Solver);
        Assert.Equal(SolveStatus.Converged, result.Status);
        AssertFirstOrder(c, result);
        Assert.InRange(Math.Abs(result.X[0] - 1), 0, 0.06);
        Assert.InRange(Math.Abs(result.X[1] - 2), 0, 0.06);
        Assert.True(Math.Abs(plain.X[0] - 1) > 0.2 || Math.Abs(plain.X[1] - 2) > 0.2);
    }

    /// <summary>Against iteratively reweighted least squares, which for these losses converges to the one minimum from anywhere.</summary>
    [Theory]
    [MemberData(nameof(ConvexLosses))]
    public void A_convex_loss_has_one_minimum_whatever_the_start(string name)
    {
        RobustLoss loss = Loss(name);
        ContractCase c = Line(loss);
        double[] expected = Reweighted(c, loss);
        foreach (double[] start in new[] { new[] { 0.0, 0 }, [30, -20], [-5, 100] })
        {
            SolveResult result = (c with { Start = start }).SolveWith(Solver);
            Assert.Equal(SolveStatus.Converged, result.Status);
            Dense.AssertClose(expected, [.. result.X], LineTolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_whose_scale_no_residual_comes_near_changes_nothing(string name)
    {
        ContractCase c = Case("exponential fit");
        RobustLoss wide = name switch
        {
            "huber" => new HuberLoss(1e6),
            "soft l1" => new SoftL1Loss(1e6),
            "cauchy" => new CauchyLoss(1e6),
            "arctan" => new ArctanLoss(1e6),
            _ => new TukeyLoss(1e6),
        };
        SolveResult expected = c.SolveWith(Solver);
        SolveResult actual = (c with { Problem = c.Problem with { Loss = wide } }).SolveWith(Solver);
        Assert.Equal(SolveStatus.Converged, actual.Status);
        Assert.Equal(expected.Summary.Cost, actual.Summary.Cost, 1e-9 * expected.Summary.Cost);
        Dense.AssertClose([.. expected.X], [.. actual.X], SolutionTolerance);
    }

    /// <summary>Nothing of an outlier is left in the solution of a loss without influence beyond its scale.</summary>
    [Fact]
    public void How_far_an_outlier_is_off_does_not_matter_to_a_redescending_loss()
    {
        ContractCase c = Case("tukey");
        double[] further = [.. c.Observation];
        further[2] += 1000;
        SolveResult expected = c.SolveWith(Solver);
        SolveResult actual = (c with { Observation = further }).SolveWith(Solver);
        Assert.Equal(SolveStatus.Converged, actual.Status);
        Dense.AssertClose([.. expected.X], [.. actual.X], SolutionTolerance);
    }

    /// <summary>Where every residual is beyond the scale, a redescending loss is flat.</summary>
    [Fact]
    public void A_start_from_which_every_value_is_an_outlier_is_stationary()
    {
        ContractCase c = Case("tukey") with { Start = [50, 0.1] };
        SolveResult result = c.SolveWith(Solver);
        Assert.Equal((SolveStatus.Converged, StoppingCriterion.Gradient, 0), (result.Status, result.Criterion, result.Summary.Iterations));
    }

    private static RobustLoss Loss(string name) => name switch
    {
        "huber" => new HuberLoss(),
        "soft l1" => new SoftL1Loss(),
        "cauchy" => new CauchyLoss(),
        "arctan" => new ArctanLoss(),
        _ => new TukeyLoss(),
    };

    /// <summary>1 + 2 t with noise of the deviation 0.1 and three outliers; losses that are not convex start near the least-squares
    /// line.</summary>
    private static ContractCase Line(RobustLoss? loss)
    {
        double[] times = [.. Enumerable.Range(0, 21).Select(i => 0.1 * i)];
        double[] y = [.. times.Select((t, i) => 1 + (2 * t) + (0.1 * Math.Sin(7.3 * i)))];
        (y[3], y[16], y[19]) = (y[3] + 1.5, y[16] + 4, y[19] + 3);
        InverseProblem problem = new(x => x[0] + (x[1] * Value.Constant(times)), 2) { Noise = 0.1, Loss = loss };
        return new(problem, y, loss is CauchyLoss or ArctanLoss or TukeyLoss ? [1.3, 1.8] : [0, 0]);
    }

    private static double[] Reweighted(ContractCase c, RobustLoss loss)
    {
        double[,] a = Dense.Matrix([.. Enumerable.Range(0, 21).SelectMany(i => new[] { 1, 0.1 * i })], 21, 2);
        double[] x = [0, 0];
        for (int iteration = 0; iteration < 2000; iteration++)
        {
            double[] misfit = Dense.Plus(Dense.Times(a, x), c.Observation, -1);
            var weighted = new double[2, 21];
            for (int i = 0; i < 21; i++)
            {
                double scaled = misfit[i] / c.Problem.Noise[i] / loss.Scale;
                loss.Evaluate(scaled * scaled, out _, out double weight, out _);
                (weighted[0, i], weighted[1, i]) = (weight * a[i, 0], weight * a[i, 1]);
            }

            x = Dense.Times(Dense.Inverse(Dense.Times(weighted, a)), Dense.Times(weighted, c.Observation));
        }

        return x;
    }
}

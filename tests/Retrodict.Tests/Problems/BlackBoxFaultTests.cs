using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

/// <summary>Black boxes that fail here and there, and methods that cannot do with them.</summary>
public sealed class BlackBoxFaultTests
{
    public static TheoryData<Solver, string> Unsuited => new()
    {
        { new Newton(), "newton needs second derivatives" },
        { new NewtonCg(), "newton-cg needs second derivatives" },
        {
            new LevenbergMarquardt { GeodesicAcceleration = true },
            "levenberg-marquardt with geodesic acceleration needs second derivatives"
        },
    };

    [Theory]
    [MemberData(nameof(Unsuited))]
    public void Methods_that_need_second_derivatives_refuse_when_they_are_prepared(Solver solver, string message)
    {
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => solver.Prepare(InverseProblem.FromFunctions(Root, 1, 1)));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Contains("gauss-newton or dogleg", e.Message, StringComparison.Ordinal);
        _ = solver.Prepare(new InverseProblem(x => Value.Exp(x), 1));
    }

    [Fact]
    public void A_NaN_that_passes_is_not_remembered()
    {
        bool fails = true;
        InverseProblem problem = InverseProblem.FromFunctions(
            (x, y) => y[0] = Math.Exp(x[0]), (x, jacobian) => jacobian[0] = fails ? double.NaN : Math.Exp(x[0]), 1, 1);
        Session session = new GaussNewton().Prepare(problem);
        Assert.Equal(SolveStatus.NonFinite, session.Solve([2], [0]).Status);
        fails = false;
        SolveResult result = session.Solve([2], [0]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(Math.Log(2), result.X[0], 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_one_side_of_a_difference_fails_the_other_is_taken(bool central)
    {
        // The root's derivative at 1, when nothing above 1 can be evaluated, or nothing below.
        foreach (int side in new[] { 1, -1 })
        {
            var differences = new FiniteDifferences { Central = central };
            InverseProblem problem = InverseProblem.FromFunctions(
                (x, y) => y[0] = (x[0] - 1) * side > 0 ? double.NaN : Math.Sqrt(x[0]), 1, 1, differences);
            Function jacobian = problem.Forward.Jacobian("x");
            Assert.Equal(0.5, jacobian.Compile<double>().Evaluate([1.0])[0][0], central ? 1e-8 : 1e-6);
        }
    }

    [Fact]
    public void Where_both_sides_fail_the_derivative_is_no_number()
    {
        InverseProblem problem = InverseProblem.FromFunctions((x, y) => y[0] = x[0] == 1 ? 1 : double.NaN, 1, 1);
        Assert.True(double.IsNaN(problem.Forward.Jacobian("x").Compile<double>().Evaluate([1.0])[0][0]));
    }

    public static TheoryData<Solver> QuasiNewton => [new Bfgs(), new LBfgs(), new NonlinearConjugateGradients()];

    /// <summary>(x - 3)² falls all the way to where the derivative ends: no point that was seen may be lost.</summary>
    [Theory]
    [MemberData(nameof(QuasiNewton))]
    public void The_lowest_point_seen_is_returned_though_it_has_no_derivative(Solver solver)
    {
        double lowest = double.PositiveInfinity;
        InverseProblem problem = InverseProblem.FromFunctions(
            (x, y) =>
            {
                y[0] = x[0] - 3;
                y[1] = 0.1 * x[0];
                lowest = Math.Min(lowest, 0.5 * ((y[0] * y[0]) + (y[1] * y[1])));
            },
            (x, jacobian) => (jacobian[0], jacobian[1]) = x[0] > 0.3 ? (double.NaN, double.NaN) : (1, 0.1),
            1,
            2);
        SolveResult result = solver.Solve(problem, [0, 0], [0]);
        Assert.NotEqual(SolveStatus.Converged, result.Status);
        Assert.Equal(lowest, result.Summary.Cost, 1e-12);
    }

    private static void Root(ReadOnlySpan<double> x, Span<double> y) => y[0] = Math.Sqrt(x[0]);
}

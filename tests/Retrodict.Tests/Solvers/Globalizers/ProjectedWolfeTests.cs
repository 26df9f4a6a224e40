using Retrodict.Numerics;
using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>The functions of Moré and Thuente, Line search algorithms with guaranteed sufficient decrease, ACM TOMS 20 (1994), and paths
/// that bounds bend.</summary>
public sealed class ProjectedWolfeTests
{
    public static TheoryData<int, double> Searches =>
        [.. from f in Enumerable.Range(1, 6) from k in Enumerable.Range(-3, 7) select new TheoryDataRow<int, double>(f, Math.Pow(10, k))];

    [Theory]
    [MemberData(nameof(Searches))]
    public void The_accepted_step_meets_the_strong_Wolfe_conditions(int function, double firstStep)
    {
        (Func<double, double> phi, double decrease, double curvature) = Function(function);
        FunctionObjective model = new(new InverseProblem(x => x, 1), x => phi(x[0]), x => [Slope(phi, x[0])]);
        DescentState state = model.At([0], [firstStep]);
        ProjectedWolfe search = new(new WolfeOptions { SufficientDecrease = decrease, Curvature = curvature, MaxEvaluations = 100 }, model);
        Assert.Equal(SearchOutcome.Accepted, state.Search(search));
        double a = state.Point.X[0];
        Assert.InRange(model.Evaluated.Count, 1, 25);
        Assert.Equal(a, firstStep * state.Trial.StepFactor, 1e-12 * a);
        Assert.True(phi(a) <= phi(0) + (decrease * a * Slope(phi, 0)), $"{a} is not low enough");
        Assert.True(Math.Abs(Slope(phi, a)) <= curvature * Math.Abs(Slope(phi, 0)), $"{a} is not flat enough");
        Assert.True(state.Point.HasGradient);
        Assert.Equal(Slope(phi, a), state.Point.Gradient[0]);
    }

    /// <summary>Random convex quadratics in a box: the path bends up to six times. The conditions are looked at by difference quotients
    /// along it.</summary>
    [Fact]
    public void On_bent_paths_every_trial_is_feasible_and_the_slope_is_flat_on_one_side_or_changes_sign()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            const int N = 6;
            double[,] a = Dense.RandomMatrix(N, N, seed);
            double[] y = Dense.Random(N, seed + 1000);
            Box box = new(-0.2, 0.3);
            double Cost(double[] x) => 0.5 * Vectors.Dot(Dense.Plus(Dense.Times(a, x), y, -1), Dense.Plus(Dense.Times(a, x), y, -1));
            double[] Gradient(double[] x) => Dense.Times(Dense.Transpose(a), Dense.Plus(Dense.Times(a, x), y, -1));
            FunctionObjective model = new(new InverseProblem(x => x, N) { Bounds = box }, Cost, Gradient);
            double[] start = [.. Dense.Random(N, seed + 2000).Select(s => 0.2 * s)];
            double[] p = [.. Gradient(start).Select((g, i) => -g * (0.2 + Dense.Random(N, seed + 3000)[i] + 1))];
            DescentState state = model.At(start, p);
            Assert.Equal(SearchOutcome.Accepted, state.Search(new ProjectedWolfe(new WolfeOptions { Curvature = 0.1 }, model)));
            Assert.All(model.Evaluated, x => Assert.False(box.Project([.. x])));

            double Path(double factor)
            {
                double[] x = Dense.Plus(start, p, factor);
                box.Project(x);
                return Cost(x);
            }

            double f = state.Trial.StepFactor;
            double h = 1e-7 * f;
            double left = (Path(f) - Path(f - h)) / h;
            double right = (Path(f + h) - Path(f)) / h;
            double limit = (0.1 * Math.Abs(Dense.Dot(Gradient(start), p))) + 1e-5;
            Assert.True(Path(f) < Path(0));
            Assert.True(
                Math.Abs(left) <= limit
                    || Math.Abs(right) <= limit || (left <= 0 && right >= 0), $"Seed {seed}: slopes {left} and {right}");
        }
    }

    [Fact]
    public void A_region_of_NaN_is_backed_out_of()
    {
        FunctionObjective model = new(
            new InverseProblem(x => x, 1), x => x[0] > 0.01 ? double.NaN : (1 - x[0]) * (1 - x[0]), x => [2 * (x[0] - 1)]);
        DescentState state = model.At([0], [1]);
        Assert.Equal(SearchOutcome.Accepted, state.Search(new ProjectedWolfe(new WolfeOptions(), model)));
        Assert.InRange(state.Point.X[0], 1e-3, 0.01);
    }

    [Fact]
    public void Without_enough_evaluations_the_lowest_point_is_taken()
    {
        FunctionObjective model = new(new InverseProblem(x => x, 1), x => (x[0] - 1) * (x[0] - 1), x => [2 * (x[0] - 1)]);
        DescentState state = model.At([0], [1e-6]);
        Assert.Equal(SearchOutcome.Accepted, state.Search(new ProjectedWolfe(new WolfeOptions { MaxEvaluations = 3 }, model)));
        Assert.Equal(3, model.Evaluated.Count);
        Assert.Equal(model.Evaluated.Max(x => x[0]), state.Point.X[0]);
        Assert.False(state.Point.HasGradient);
    }

    [Fact]
    public void A_direction_that_does_not_descend_is_not_searched()
    {
        FunctionObjective model = new(new InverseProblem(x => x, 1), x => x[0], x => [1]);
        Assert.Equal(SearchOutcome.Exhausted, model.At([0], [1]).Search(new ProjectedWolfe(new WolfeOptions(), model)));
        Assert.Empty(model.Evaluated);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Equal(
            "SufficientDecrease", Assert.Throws<ArgumentOutOfRangeException>(() => new WolfeOptions { SufficientDecrease = 0 }).ParamName);
        Assert.Equal("Curvature", Assert.Throws<ArgumentOutOfRangeException>(() => new WolfeOptions { Curvature = double.NaN }).ParamName);
        Assert.Equal("MaxEvaluations", Assert.Throws<ArgumentOutOfRangeException>(() => new WolfeOptions { MaxEvaluations = 0 }).ParamName);
        Assert.Equal("Memory", Assert.Throws<ArgumentOutOfRangeException>(() => new LBfgs { Memory = 0 }).ParamName);
        Assert.Equal("Memory", Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoOptions { Memory = 0 }).ParamName);
    }

    private static double Slope(Func<double, double> phi, double a)
    {
        double h = 1e-6 * Math.Max(1e-3, Math.Abs(a));
        return (phi(a + h) - phi(a - h)) / (2 * h);
    }

    private static (Func<double, double> Phi, double Decrease, double Curvature) Function(int number) => number switch
    {
        1 => (a => -a / ((a * a) + 2), 0.001, 0.1),
        2 => (a => Math.Pow(a + 0.004, 5) - (2 * Math.Pow(a + 0.004, 4)), 0.1, 0.1),
        3 => (Oscillating, 0.1, 0.1),
        4 => (a => Yanai(a, 0.001, 0.001), 0.001, 0.001),
        5 => (a => Yanai(a, 0.01, 0.001), 0.001, 0.001),
        _ => (a => Yanai(a, 0.001, 0.01), 0.001, 0.001),
    };

    private static double Oscillating(double a)
    {
        const double Beta = 0.01;
        double valley = a <= 1 - Beta ? 1 - a : a >= 1 + Beta ? a - 1 : ((a - 1) * (a - 1) / (2 * Beta)) + (Beta / 2);
        return valley + (2 * (1 - Beta) / (39 * Math.PI) * Math.Sin(39 * Math.PI / 2 * a));
    }

    private static double Yanai(double a, double first, double second)
    {
        static double Gamma(double beta) => Math.Sqrt(1 + (beta * beta)) - beta;
        return (Gamma(first) * Math.Sqrt(((1 - a) * (1 - a)) + (second * second))) + (Gamma(second) * Math.Sqrt((a * a) + (first * first)));
    }
}

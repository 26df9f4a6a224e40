using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>Units and order must not matter.</content>
public abstract partial class SolverContract
{
    public static TheoryData<string, double> ScaledCases =>
    [
        .. from name in new[] { "linear", "exponential fit", "exponential fit, at a bound", "half-open box", "rank deficient",
            "fewer observations", "prior, box" }
           from factor in new[] { 1e-150, 1e-100, 1e-30, 1e-3, 1e3, 1e30, 1e100, 1e150 }
           select new TheoryDataRow<string, double>(name, factor),
    ];

    [Theory]
    [MemberData(nameof(ScaledCases))]
    public void The_unit_of_the_observation_does_not_change_the_path(string name, double unit)
    {
        unit = Unit(unit);
        ContractCase c = Case(name);
        ContractCase scaled = c with
        {
            Problem = Rebuilt(c.Problem, x => unit * c.Problem.Forward.Apply(x)[0]) with { Noise = unit * c.Problem.Noise[0] },
            Observation = [.. c.Observation.Select(y => unit * y)],
        };
        AssertSamePath(c.SolveWith(Solver), scaled.SolveWith(Solver), 1);
    }

    /// <summary>Without a prior the objective may be in any unit too, up to the square root of the largest and smallest numbers: at 1e150
    /// it would be 1e-300, and of what an exact fit makes of that only eight digits could be seen.</summary>
    [Theory]
    [MemberData(nameof(ScaledCases))]
    public void The_unit_of_the_residual_does_not_change_the_path(string name, double unit)
    {
        unit = Unit(Math.Clamp(unit, 1e-150, 1e140));
        ContractCase c = Case(name);
        c = c with { Problem = c.Problem with { Prior = null } };
        AssertSamePath(
            c.SolveWith(Solver), (c with { Problem = c.Problem with { Noise = c.Problem.Noise[0] * unit } }).SolveWith(Solver), 1);
    }

    /// <summary>A power of two, so that every point has an exact counterpart.</summary>
    [Theory]
    [InlineData("exponential fit", -498)]
    [InlineData("exponential fit", -200)]
    [InlineData("exponential fit", 200)]
    [InlineData("exponential fit", 498)]
    [InlineData("cauchy", -498)]
    [InlineData("cauchy", 498)]
    [InlineData("exponential fit, at a bound", -20)]
    [InlineData("exponential fit, at a bound", 20)]
    [InlineData("half-open box", -20)]
    [InlineData("half-open box", 20)]
    [InlineData("logarithm", -20)]
    [InlineData("logarithm", 20)]
    [InlineData("rank deficient", -20)]
    [InlineData("rank deficient", 20)]
    public void The_unit_of_the_unknown_scales_the_solution_and_nothing_else(string name, int exponent)
    {
        double unit = Math.Pow(2, exponent);
        ContractCase c = Case(name);
        int n = c.Problem.Unknowns;
        ContractCase scaled = c with
        {
            Problem = Rebuilt(c.Problem, x => c.Problem.Forward.Apply(x * (1 / unit))[0]) with
            {
                Bounds = new Box(
                    [.. Enumerable.Range(0, n).Select(i => unit * c.Problem.Bounds.Lower(i))], [.. Enumerable.Range(0,
                        n).Select(i => unit * c.Problem.Bounds.Upper(i))]),
            },
            Start = [.. c.Start.Select(x => unit * x)],
        };
        AssertSamePath(c.SolveWith(Solver), scaled.SolveWith(Solver), unit);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("fixed component")]
    [InlineData("prior, box")]
    [InlineData("prior, fewer observations")]
    [InlineData("rank deficient")]
    [InlineData("fewer observations")]
    public void The_order_of_the_unknowns_permutes_the_solution(string name)
    {
        ContractCase c = Case(name);
        int n = c.Problem.Unknowns;
        int[] from = [.. Enumerable.Range(0, n).Select(i => (i + 2) % n)];
        int[] inverse = [.. Enumerable.Range(0, n).Select(i => Array.IndexOf(from, i))];
        GaussianPrior? prior = null;
        if (c.Problem.Prior is GaussianPrior p)
        {
            double[,] l = Dense.Matrix(p.Factor, n, n);
            double[,] covariance = Dense.Times(l, Dense.Transpose(l));
            double[] permuted = [.. from a in @from from b in @from select covariance[a, b]];
            prior = GaussianPrior.FromCovariance([.. from.Select(i => p.Mean[i])], permuted);
        }

        ContractCase other = c with
        {
            Problem = Rebuilt(c.Problem, x => c.Problem.Forward.Apply(x.Gather(0, inverse))[0]) with
            {
                Bounds = new Box([.. from.Select(c.Problem.Bounds.Lower)], [.. from.Select(c.Problem.Bounds.Upper)]),
                Prior = prior,
            },
            Start = [.. from.Select(i => c.Start[i])],
        };
        SolveResult expected = c.SolveWith(Solver);
        SolveResult actual = other.SolveWith(Solver);
        Assert.Equal(expected.Status, actual.Status);
        Dense.AssertClose([.. expected.X], [.. inverse.Select(i => actual.X[i])], SolutionTolerance);
    }

    private static InverseProblem Rebuilt(InverseProblem problem, Func<Value, Value> forward) =>
        new(forward, problem.Unknowns) { Bounds = problem.Bounds, Noise = problem.Noise, Prior = problem.Prior, Loss = problem.Loss };

    private static void AssertSamePath(SolveResult expected, SolveResult actual, double unit)
    {
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(expected.Criterion, actual.Criterion);
        Assert.Equal(expected.Summary.Iterations, actual.Summary.Iterations);
        Assert.All(expected.History.Zip(actual.History), pair => Assert.Equal(pair.First.StepFactor, pair.Second.StepFactor, 1e-6));
        Dense.AssertClose([.. expected.X], [.. actual.X.Select(x => x / unit)], 1e-8);
    }
}

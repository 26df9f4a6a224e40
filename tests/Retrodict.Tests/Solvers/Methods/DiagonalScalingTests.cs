using Retrodict.Autodiff;

namespace Retrodict.Tests.Solvers;

/// <summary>Radii and dampings in units of J's columns do not know the units of the unknowns: in u, with x_i = 2^k_i u_i, every iterate is
/// the same point.</summary>
public sealed class DiagonalScalingTests
{
    public static TheoryData<string, string> Pairs =>
    [
        .. from solver in new[] { "lm", "lm qr", "lm lsmr", "lm cg", "lm geodesic", "dogleg", "newton", "newton-cg" }
           from problem in new[] { "exponential fit", "exponential fit, at a bound", "linear", "logarithm", "half-open box" }
           select new TheoryDataRow<string, string>(solver, problem),
    ];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Iterates_map_with_the_units(string solverName, string name)
    {
        ContractCase c = ContractCases.All[name];
        int n = c.Problem.Unknowns;
        double[] unit = [.. Enumerable.Range(0, n).Select(i => Math.Pow(2, (i % 2 == 0 ? 17 : -23) + i))];
        ContractCase mapped = c with
        {
            Problem = new InverseProblem(u => c.Problem.Forward.Apply(u * Value.Constant(unit))[0], n)
            {
                Noise = c.Problem.Noise,
                Bounds = new Box(
                    [.. Enumerable.Range(0, n).Select(i => c.Problem.Bounds.Lower(i) / unit[i])], [.. Enumerable.Range(0,
                        n).Select(i => c.Problem.Bounds.Upper(i) / unit[i])]),
            },
            Start = [.. c.Start.Select((x, i) => x / unit[i])],
        };
        StoppingRule rule = new() { StepTolerance = null, MaxIterations = 6 };
        Solver solver = Create(solverName) with { Stopping = rule };
        SolveResult expected = c.SolveWith(solver);
        SolveResult actual = mapped.SolveWith(solver);
        Assert.Equal(expected.Summary.Iterations, actual.Summary.Iterations);
        Assert.Equal(expected.Status, actual.Status);
        Assert.All(Enumerable.Range(0, n), i => Assert.Equal(expected.X[i], actual.X[i] * unit[i], 1e-9 * (1 + Math.Abs(expected.X[i]))));
    }

    private static Solver Create(string name) => name switch
    {
        "lm" => new LevenbergMarquardt(),
        "lm qr" => new LevenbergMarquardt { LinearSolver = LinearSolver.Qr },
        "lm lsmr" => new LevenbergMarquardt { LinearSolver = LinearSolver.Lsmr },
        "lm cg" => new LevenbergMarquardt { LinearSolver = LinearSolver.ConjugateGradients },
        "lm geodesic" => new LevenbergMarquardt { GeodesicAcceleration = true },
        "dogleg" => new Dogleg(),
        "newton" => new Newton(),
        _ => new NewtonCg(),
    };
}

using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>The problems of <see cref="SolverContract"/>, by name.</summary>
internal static class ContractCases
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly double[] _times = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

    // Deviations that no exponential explains.
    private static readonly double[] _deviations = [0.03, -0.02, 0.01, 0.02, -0.03, 0.01, -0.01, 0.02, -0.02];

    public static IReadOnlyDictionary<string, ContractCase> All { get; } = new Dictionary<string, ContractCase>
    {
        ["linear"] = Linear(4, 7, seed: 1),
        ["linear, exact data"] = ExactLinear(),
        ["exponential fit"] = new(new InverseProblem(Exponential, 2) { Noise = 0.02 }, Decay(2, 0.8, 1), [1, 1]),
        ["exponential fit, exact data"] = new(new InverseProblem(Exponential, 2), Decay(2, 0.8, 0), [1, 0.5]),
        ["exponential fit, at a bound"] = new(
            new InverseProblem(Exponential, 2) { Noise = 0.02, Bounds = new Box([0, 0.2], [1.5, 1]) }, Decay(2, 0.8, 1), [1, 0.5]),
        ["half-open box"] = new(
            new InverseProblem(Exponential, 2) { Bounds = new Box([2.25, 0], [Infinity, Infinity]) }, Decay(2, 0.8, 1), [5, 2]),
        ["start at a bound"] = new(
            new InverseProblem(Exponential, 2) { Bounds = new Box([0.5, 0.5], [4, 4]) }, Decay(2, 0.8, 1), [0.5, 0.5]),
        ["start outside"] = new(
            new InverseProblem(Exponential, 2) { Bounds = new Box([0.5, 0.5], [4, 4]) }, Decay(2, 0.8, 1), [-1, 9]),
        ["fixed component"] =
            Saturating(5, 6,
                11) with { Problem = Saturating(5, 6, 11).Problem with { Bounds = new Box([-1, 0.3, -1, -1, -1], [1, 0.3, 1, 1, 1]) } },
        ["prior"] = Saturating(6, 6, 12),
        ["prior, fewer observations"] = Saturating(7, 3, 13),
        ["prior, box"] = Saturating(6, 9, 14) with { Problem = Saturating(6, 9, 14).Problem with { Bounds = new Box(-0.25, 0.25) } },
        ["fewer observations"] = new(
            new InverseProblem(x => Value.MatMul(Value.Constant(Dense.RandomMatrix(2, 5, 15)), Value.Sinh(x)), 5), [1, -2], new double[5]),
        ["rank deficient"] = new(new InverseProblem(x => Exponential(Value.Stack(x[0] + x[1], x[2])), 3), Decay(2, 0.8, 1), [0.5, 0.5, 1]),
        ["logarithm"] = new(
            new InverseProblem(
                x => Value.MatMul(
                    Value.Constant(new double[,] { { 2, 1 }, { 1, 3 }, { 1, -1 } }), Value.Log(x)), 2) { Bounds = new Box(1e-3, Infinity) },
            [1, 2, -1],
            [4, 0.1]),
        ["one unknown, one observation"] = new(new InverseProblem(x => Value.Exp(x), 1), [3], [0]),
        ["one unknown"] = new(new InverseProblem(x => Value.Exp(-x[0] * Value.Constant(_times)), 1), Decay(1, 0.8, 1), [0]),
        ["masked"] = Masked(new(new InverseProblem(Exponential, 2) { Noise = 0.02 }, Decay(2, 0.8, 1), [1, 1]), 0, 4, 5),
        ["correlated noise"] = Correlated(new(new InverseProblem(Exponential, 2), Decay(2, 0.8, 1), [1, 1])),
        ["masked, correlated noise, prior, box"] = Masked(Bounded(Correlated(Saturating(5, 9, 21)), new Box(-0.3, 0.3)), 1, 8),
        ["huber"] = Outliers(new HuberLoss()),
        ["soft l1"] = Outliers(new SoftL1Loss()),
        ["cauchy"] = Outliers(new CauchyLoss()),
        ["arctan"] = Outliers(new ArctanLoss()),
        ["tukey"] = Outliers(new TukeyLoss(6)),
        ["soft l1, at a bound"] = Bounded(Outliers(new SoftL1Loss()), new Box([0, 0.2], [1.9, 2])),
        ["cauchy, prior, box"] = Bounded(
            Saturating(6, 9, 14) with { Problem = Saturating(6, 9, 14).Problem with { Loss = new CauchyLoss(0.5) } }, new Box(-0.25, 0.25)),
        ["huber, masked, correlated noise"] = Masked(Correlated(Outliers(new HuberLoss())), 0, 4, 5),
        ["one observation"] = new(new InverseProblem(x => (x * x).Sum().Reshape(1), 3), [14], [1, 1, 1]),
    };

    /// <summary>x0 exp(-x1 t) at nine times.</summary>
    public static Value Exponential(Value x) => x[0] * Value.Exp(-x[1] * Value.Constant(_times));

    public static double[] Decay(double amplitude, double rate, double deviation) =>
        [.. _times.Select((t, i) => (amplitude * Math.Exp(-rate * t)) + (deviation * _deviations[i]))];

    public static ContractCase Linear(int n, int m, int seed)
    {
        double[,] a = Dense.RandomMatrix(m, n, seed);
        return new(new InverseProblem(x => Value.MatMul(Value.Constant(a), x), n), Dense.Random(m, seed + 1), new double[n]);
    }

    /// <summary>tanh of a random linear map, with a Gaussian prior.</summary>
    public static ContractCase Saturating(int n, int m, int seed)
    {
        double[,] a = Dense.RandomMatrix(m, n, seed);
        InverseProblem problem = new(x => Value.Tanh(Value.MatMul(Value.Constant(a), x)), n)
        {
            Noise = 0.2,
            ObservationScale = 0.5,
            Prior = GaussianPrior.FromCovariance(
                [.. Dense.Random(n, seed + 1).Select(s => 0.2 * s)], Dense.Flat(Dense.RandomCovariance(n, seed + 2))),
        };
        return new(problem, [.. Dense.Random(m, seed + 3).Select(s => 0.8 * s)], new double[n]);
    }

    /// <summary>A decay with noise of the deviation 0.02, but for two values that are far off.</summary>
    public static ContractCase Outliers(RobustLoss? loss)
    {
        double[] observation = Decay(2, 0.8, 1);
        observation[2] += 0.5;
        observation[7] -= 0.4;
        return new(new InverseProblem(Exponential, 2) { Noise = 0.02, Loss = loss }, observation, [1.95, 0.85]);
    }

    private static ContractCase Bounded(ContractCase c, Box box) => c with { Problem = c.Problem with { Bounds = box } };

    /// <summary>Without some components, whose values are wild then.</summary>
    private static ContractCase Masked(ContractCase c, params int[] missing) => c with
    {
        Problem = c.Problem with { Observed = [.. Enumerable.Range(0, c.Problem.Observations).Select(i => !missing.Contains(i))] },
        Observation = [.. c.Observation.Select((y, i) => missing.Contains(i) ? double.NaN : y)],
    };

    /// <summary>Noise whose neighbors are correlated by a half, and that of their neighbors by a quarter.</summary>
    private static ContractCase Correlated(ContractCase c)
    {
        int m = c.Problem.Observations;
        double variance = c.Problem.Noise[0] * c.Problem.Noise[0];
        double[] covariance =
            [.. from i in Enumerable.Range(0, m) from j in Enumerable.Range(0, m) select variance * Math.Pow(0.5, Math.Abs(i - j))];
        return c with { Problem = c.Problem with { Noise = Noise.FromCovariance(covariance) } };
    }

    private static ContractCase ExactLinear() => new(
        new InverseProblem(x => Value.MatMul(Value.Constant(new double[,] { { 1, 2 }, { 3, -1 }, { 0, 1 } }), x), 2), [5, 1, 2], [0, 0]);
}

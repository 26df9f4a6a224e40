using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>The problems of the law of units, and the same problems in other units: powers of two, so that every number has an exact
/// counterpart.</summary>
internal static class UnitCases
{
    private static readonly double[] _substrate = [1, 2, 5, 10, 20, 40, 80];
    private static readonly double[] _energy = [1, 1.5, 2, 3, 4, 6, 8];
    private static readonly double[] _position = [-3, -2, -1, 0, 1, 2, 3, 4];

    // Deviations that no model here explains.
    private static readonly double[] _deviations = [0.011, -0.017, 0.006, 0.013, -0.02, 0.008, -0.004, 0.01];

    public static IReadOnlyDictionary<string, ContractCase> All { get; } = new Dictionary<string, ContractCase>
    {
        ["saturation from zero"] = Bounded(
            Fit(x => x[0] * At(_substrate) / (x[1] + At(_substrate)), _substrate.Length, [2, 12], [0, 1]),
            new Box([double.NegativeInfinity, 0], [double.PositiveInfinity, double.PositiveInfinity])),
        ["power from zero"] = Fit(x => x[0] * Value.Exp(x[1] * Value.Log(At(_energy))), _energy.Length, [0.3, 2.1], [0, 1]),
        ["peak"] = Fit(
            x => x[0] * Value.Exp(-0.5 * Value.Square((At(_position) - x[1]) / x[2])), _position.Length, [3, 0.6, 1.2], [1, 0, 2]),
        ["saturation at a bound"] = Bounded(
            Fit(x => x[0] * At(_substrate) / (x[1] + At(_substrate)), _substrate.Length, [2, 12], [1, 1]), new Box([0, 0], [1.75, 100])),
        ["exponential fit"] = ContractCases.All["exponential fit"],
        ["exponential fit, at a bound"] = ContractCases.All["exponential fit, at a bound"],
        ["start at a bound"] = ContractCases.All["start at a bound"],
        ["prior"] = ContractCases.All["prior"],
        ["prior, box"] = ContractCases.All["prior, box"],
        ["huber"] = ContractCases.All["huber"],
        ["masked"] = ContractCases.All["masked"],
    };

    /// <summary>A case in other units.</summary>
    /// <param name="c">The case.</param>
    /// <param name="unknowns">The powers of two that unknowns are multiplied with.</param>
    /// <param name="data">The power of two that the data are multiplied with. With a prior or a loss, which have a unit of their own, the
    /// noise is multiplied as well.</param>
    public static ContractCase InUnits(ContractCase c, int[] unknowns, int data)
    {
        InverseProblem p = c.Problem;
        double[] factors = [.. unknowns.Select(k => Math.ScaleB(1, k))];
        double unit = Math.ScaleB(1, data);
        Value inverse = Value.Constant([.. factors.Select(f => 1 / f)]);
        bool hasUnit = p.Prior is not null || p.Loss is not null;
        return new ContractCase(
            new InverseProblem(x => unit * p.Forward.Apply(x * inverse)[0], p.Unknowns)
            {
                Bounds = new Box(
                    [.. factors.Select((f, i) => f * p.Bounds.Lower(i))], [.. factors.Select((f, i) => f * p.Bounds.Upper(i))]),
                Noise = (hasUnit ? unit : 1) * p.Noise[0],
                ObservationScale = unit * p.ObservationScale[0],
                Observed = p.Observed,
                Loss = p.Loss,
                Prior = p.Prior is GaussianPrior prior ? Rescaled(prior, factors) : null,
            },
            [.. c.Observation.Select(y => unit * y)],
            [.. c.Start.Select((x, i) => factors[i] * x)]);
    }

    private static GaussianPrior Rescaled(GaussianPrior prior, double[] factors)
    {
        double[,] factor = Dense.Matrix([.. prior.Factor], prior.Dimension, prior.Dimension);
        double[,] covariance = Dense.Times(factor, Dense.Transpose(factor));
        int n = factors.Length;
        return GaussianPrior.FromCovariance(
            [.. factors.Select((f, i) => f * prior.Mean[i])],
            [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select covariance[i, j] * factors[i] * factors[j]]);
    }

    private static ContractCase Fit(Func<Value, Value> model, int rows, double[] truth, double[] start)
    {
        InverseProblem problem = new(model, truth.Length);
        double[] exact = problem.Forward.Compile<double>().Evaluate(truth)[0];
        return new ContractCase(problem, [.. exact.Take(rows).Select((y, i) => y + _deviations[i])], start);
    }

    private static ContractCase Bounded(ContractCase c, Box box) => c with { Problem = c.Problem with { Bounds = box } };

    private static Value At(double[] values) => Value.Constant(values);
}

using Retrodict.Autodiff;
using Retrodict.Tests.Problems;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Deceptron;

/// <summary>Problems with one minimum and reverse maps for them, from a good one to hostile ones.</summary>
internal static class LearnedProblems
{
    public static string[] Problems { get; } =
        ["square", "tall", "wide, prior", "mild", "mild, box", "robust", "heat-1d", "kinked heat-1d"];

    public static string[] Maps { get; } = ["good", "noisy", "half", "random", "constant", "flipped", "nan", "huge"];

    public static ContractCase Case(string name, int seed)
    {
        switch (name)
        {
            case "square":
                return Build(5, 5, seed, 0, null);
            case "tall":
                return Build(4, 9, seed, 0, null);
            case "wide, prior":
                return Build(7, 4, seed, 0, null) is var c ? c with { Problem = c.Problem with { Prior = Prior(7, seed) } } : null!;
            case "mild":
                return Build(5, 8, seed, 0.05, null);
            case "mild, box":
                return Build(5, 8, seed, 0.05, new Box(-0.5, 0.5));
            case "robust":
                ContractCase plain = Build(4, 9, seed, 0.05, null);
                return plain with { Problem = plain.Problem with { Loss = new HuberLoss(2) } };
            default:
                return new(
                    name == "heat-1d" ? Heat1DReference.Model : Heat1DReference.Problem with { Noise = 0.1, Prior = Heat1DReference.Prior },
                    Heat1DReference.Observation(seed % 300, raw: name == "heat-1d"), new double[64]);
        }
    }

    public static ReverseMap Map(string name, ContractCase c, int seed)
    {
        (int m, int n) = (c.Problem.Observations, c.Problem.Unknowns);
        if (name == "good" && n == 64)
        {
            return Heat1DReference.MapFor(c.Problem);
        }

        ReverseMap good = n == 64 ? Heat1DReference.MapFor(c.Problem) : CrudeMaps.Linear(c.Problem);
        Function map = good.Map;
        ReverseMap made = name switch
        {
            "good" => good,
            "noisy" =>
                new ReverseMap(
                    Function.Trace(
                        s => map.Apply(s)[0] + Value.MatMul(
                            Value.Constant(Dense.RandomMatrix(n, m, seed + 50)) * 0.02, s), m)) with { Precision = good.Precision },
            "half" => new ReverseMap(Function.Trace(s => 0.5 * map.Apply(s)[0], m)),
            "random" => CrudeMaps.Affine(Dense.RandomMatrix(n, m, seed + 60), Dense.Random(n, seed + 61)),
            "constant" => new ReverseMap(Function.Trace(s => Value.Constant(Dense.Random(n, seed + 62)) + (0 * s.Sum()), m)),
            "flipped" => new ReverseMap(Function.Trace(s => -map.Apply(s)[0], m)),
            "nan" => new ReverseMap(Function.Trace(s => map.Apply(s)[0] + Value.Log(-Value.Square(s).Sum() - 1), m)),
            _ => new ReverseMap(Function.Trace(s => 1e20 * map.Apply(s)[0], m)),
        };
        return made with { ObservationMean = good.ObservationMean, ObservationDeviation = good.ObservationDeviation };
    }

    private static GaussianPrior Prior(int n, int seed) =>
        GaussianPrior.FromCovariance(Dense.Random(n, seed + 40), Dense.Flat(Dense.RandomCovariance(n, seed + 41)));

    /// <summary>A x + curvature sin(3 A x), monotone in A x, with noise in the data.</summary>
    private static ContractCase Build(int n, int m, int seed, double curvature, Box? box)
    {
        double[,] a = Dense.Plus(
            Dense.RandomMatrix(m, n, seed), Dense.Matrix(
                [.. from i in Enumerable.Range(0, m) from j in Enumerable.Range(0, n) select i == j ? 2.0 : 0], m, n));
        InverseProblem problem = new(
            x =>
            {
                Value z = Value.MatMul(Value.Constant(a), x);
                return curvature == 0 ? z : z + (curvature * Value.Sin(3 * z));
            },
            n) { Noise = 0.05, Bounds = box ?? Box.Unbounded };
        double[] exact = problem.Forward.Compile<double>().Evaluate(Dense.Random(n, seed + 20))[0];
        return new(
            problem, [.. exact.Select((y, i) => y + (0.05 * Dense.Random(m, seed + 30)[i]))], [.. Dense.Random(n,
                seed + 10).Select(x => 0.4 * x)]);
    }
}

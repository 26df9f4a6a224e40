using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Data;
using Retrodict.Learning;

namespace Retrodict.Benchmarks;

/// <summary>A round of everything that a service would do all day: batches by several methods, fits of formulas, several starts, a short
/// training and its estimates. All of it is the same in every round.</summary>
internal static class SoakRound
{
    private const int Instances = 64;
    private const int Starts = 8;

    private static readonly BenchmarkProblem _heat = ProblemCatalogue.Find("heat-1d");
    private static readonly DataSet _data = _heat.Generate(Split.Test, Instances);

    private static readonly Solver[] _solvers =
    [
        new LevenbergMarquardt(), new GaussNewton(), new Dogleg(), new Newton(), new NewtonCg(), new Bfgs(), new LBfgs(),
    ];

    /// <summary>Solves of a round.</summary>
    public static int Solves => (_solvers.Length * Instances) + Starts + 1;

    /// <summary>A digest of all results of a round.</summary>
    public static ulong Digest()
    {
        var digest = new ResultDigest();
        InverseProblem problem = _heat.ToInverseProblem();
        foreach (Solver solver in _solvers)
        {
            Session session = solver.Prepare(problem);
            var solutions = new double[Instances * _heat.Unknowns];
            session.SolveBatch(
                _data.Y.ToArray(), new double[solutions.Length], solutions, new SolveSummary[Instances], Environment.ProcessorCount);
            digest.Add(solutions);
        }

        Fit(digest);
        Search(digest);
        Train(digest);
        return digest.Value;
    }

    private static void Fit(ResultDigest digest)
    {
        double[] t = [.. Enumerable.Range(0, 40).Select(i => 0.1 * i)];
        double[] y = [.. t.Select((time, i) => (3 * Math.Exp(-0.7 * time)) + (0.01 * Math.Sin(17 * i)))];
        RegressionFit fit = new Regression("a*exp(-k*t)", new DataColumns([("t", t), ("y", y)]))
        {
            Response = "y",
            Start = [("a", 1), ("k", 1)],
        }.Fit();
        digest.Add([.. fit.Parameters.Select(parameter => parameter.Estimate)]);
    }

    private static void Search(ResultDigest digest)
    {
        var problem = new InverseProblem(x => Value.Sin(3 * x) + x, 2) { Bounds = new Box(-3, 3) };
        Session session = new LevenbergMarquardt().Prepare(problem);
        var search = new MultiStart { Count = Starts, Threads = Environment.ProcessorCount };
        foreach (LocalMinimum minimum in search.Solve(session, [0.5, -0.5]).Minima)
        {
            digest.Add([.. minimum.X]);
        }
    }

    private static void Train(ResultDigest digest)
    {
        var problem = new InverseProblem(x => Value.Tanh(x) + (0.1 * x), 3);
        DeceptronModel model = DeceptronTrainer.Train(
            new LearningProblem("small", problem, (random, x) => random.FillNormal(x)),
            new PhysicsTraining
            {
                Hidden = 8,
                BasisSamples = 100,
                ValidationSamples = 50,
                CalibrationSamples = 50,
                Estimate = new HeadTraining { Steps = 50, BatchSize = 16 },
                Gain = new HeadTraining { Steps = 50, BatchSize = 16 },
            });
        digest.Add([.. model.ReverseFunction.Compile<float>().Evaluate([0.1f, 0.2f, 0.3f])[0].Select(value => (double)value)]);
    }
}

/// <summary>A digest of the bits of numbers, in order (FNV-1a).</summary>
internal sealed class ResultDigest
{
    public ulong Value { get; private set; } = 14695981039346656037;

    public void Add(ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            Value = (Value ^ BitConverter.DoubleToUInt64Bits(number)) * 1099511628211;
        }
    }
}

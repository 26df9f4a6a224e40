using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Tests.Deceptron;

/// <summary>The learned pair of the reference run of heat-1d, and its measurements: heat1d_published.npz.</summary>
internal static class Heat1DReference
{
    public const int Size = 64;
    public const int Count = 300;

    private static readonly NpzFile _file = NpzFile.Open(
        Path.Combine(AppContext.BaseDirectory, "Solvers", "fixtures", "heat1d_published.npz"));

    /// <summary>The problem in standardized units: f is the learned forward map.</summary>
    public static InverseProblem Problem { get; } = Surrogate();

    public static GaussianPrior Prior { get; } = GaussianPrior.FromCovariance([.. Enumerable.Repeat(0.5, Size)], SmoothCovariance());

    /// <summary>The problem itself: y = z + 0.18 z³ + 0.08 sin(3 z), z = M cooled x, where M mixes neighbors and cooling damps sine mode k
    /// by exp(-0.18 (pi k)² 0.08).</summary>
    public static InverseProblem Model { get; } = new(
        x =>
        {
            Value z = Value.MatMul(Value.Constant(Linear(), [Size, Size]), x);
            return z + (0.18 * z * z * z) + (0.08 * Value.Sin(3 * z));
        },
        Size)
    {
        Bounds = new Box(0, 1), Noise = 0.01, Prior = Prior,
    };

    public static double[] Observations { get; } = Array("observations");

    public static double[] Array(string name)
    {
        lock (_file)
        {
            return _file[name].ToDoubles();
        }
    }

    /// <summary>A measurement in standardized or raw units.</summary>
    public static double[] Observation(int index, bool raw)
    {
        double[] y = [.. Observations.AsSpan(Size * index, Size)];
        return raw ? [.. y.Zip(Array("y_std"), Array("y_mean")).Select(t => (t.First * t.Second) + t.Third)] : y;
    }

    /// <summary>The map that was trained with the penalty, for the learned forward map or the model itself.</summary>
    public static ReverseMap MapFor(InverseProblem problem) => ReferenceEquals(problem.Forward, Model.Forward)
        ? Map("plus") with { ObservationMean = Array("y_mean"), ObservationDeviation = Array("y_std") }
        : Map("plus");

    /// <summary>The learned reverse map of an arm, with or without the Jacobian penalty.</summary>
    /// <param name="arm">plus or minus.</param>
    public static ReverseMap Map(string arm)
    {
        (double[] w0, double[] b0, double[] w2, double[] b2) =
            (Array($"{arm}.0.weight"), Array($"{arm}.0.bias"), Array($"{arm}.2.weight"), Array($"{arm}.2.bias"));
        return new ReverseMap(Function.Trace(
            s => Value.MatMul(
                Value.Constant(w2, [Size, 2 * Size]),
                Value.LeakyRelu(Value.MatMul(Value.Constant(w0, [2 * Size, Size]), s) + Value.Constant(b0), 0.1)) + Value.Constant(b2),
            Size));
    }

    private static double[] Linear()
    {
        var linear = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            double[] weights = [.. Enumerable.Range(i - 1, 3).Select(k => k is < 0 or >= Size ? 0 : k == i ? 1 : 0.1)];
            for (int j = 0; j < Size; j++)
            {
                for (int k = 0; k < 3; k++)
                {
                    linear[(i * Size) + j] += weights[k] / weights.Sum() * Enumerable.Range(1, Size).Sum(
                        mode => 2.0 / 65 * Math.Sin(Math.PI * mode * (i + k) / 65.0) * Math.Exp(
                            -0.18 * 0.08 * Math.PI * Math.PI * mode * mode) * Math.Sin(Math.PI * mode * (j + 1) / 65.0));
                }
            }
        }

        return linear;
    }

    private static double[] SmoothCovariance() =>
        [.. from i in Enumerable.Range(0, Size) from j in Enumerable.Range(0,
            Size) select (0.09 * Math.Exp(-0.5 * (i - j) * (i - j) / 36.0)) + (i == j ? 1e-3 : 0)];

    private static InverseProblem Surrogate()
    {
        (double[] weight, double[] bias) = (Array("weight"), Array("bias"));
        return new(
            x => Value.LeakyRelu(
                Value.MatMul(Value.Constant(weight, [Size, Size]), x) + Value.Constant(bias), 0.1), Size) { Bounds = new Box(0, 1) };
    }
}

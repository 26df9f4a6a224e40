using Retrodict.Autodiff;

namespace Retrodict.Learning.Tests.Surrogates;

public class SurrogateObjectiveTests
{
    private const int N = 3;
    private const int M = 4;

    private static readonly SurrogateLosses _all = new()
    {
        Task = 1.1, Reconstruction = 0.7, Cycle = 0.6, Spectral = 0.3, BiasTie = 0.9, Composition = 0.4, JacobianComposition = 0.8,
    };

    private static readonly SurrogateTraining _options = new() { PenaltySamples = 2, Probes = 2 };

    public static TheoryData<string> Architectures => ["mlp", "affine", "affine with leaky ReLU", "tied", "convolution"];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Gradients_of_every_loss_and_of_their_sum_are_finite_differences(string name)
    {
        (Architecture architecture, ModelShapes shapes) = Of(name);
        SurrogateTraining training = _options with { Tied = name == "tied" };
        SurrogateLosses all = name == "convolution" ? _all with { Spectral = 0, BiasTie = 0, Composition = 0 } : _all;
        SurrogateLosses none = SurrogateLosses.TaskOnly with { Task = 0 };
        SurrogateLosses[] cases =
        [
            all,
            none with { Task = all.Task }, none with { Reconstruction = all.Reconstruction }, none with { Cycle = all.Cycle },
            none with { Spectral = all.Spectral },
            none with { BiasTie = all.BiasTie },
            none with { Composition = all.Composition },
            none with { JacobianComposition = all.JacobianComposition },
        ];
        foreach (SurrogateLosses losses in cases.Where(losses => losses != none))
        {
            var entry = new SurrogateCase(architecture, shapes, training, losses);
            double[] gradient = entry.Gradient();
            double largest = gradient.Max(Math.Abs);
            Assert.True(largest > 1e-3);
            for (int i = 0; i < gradient.Length; i++)
            {
                const double Step = 1e-6;
                double here = entry.Parameters[i];
                entry.Parameters[i] = here + Step;
                double above = entry.Evaluate()["loss"];
                entry.Parameters[i] = here - Step;
                double below = entry.Evaluate()["loss"];
                entry.Parameters[i] = here;
                Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-7 * Math.Max(1, largest));
            }
        }
    }

    [Fact]
    public void Each_loss_of_the_dense_pair_is_its_formula()
    {
        var entry = new SurrogateCase(new MlpArchitecture(), Shapes(N, M), _options, _all);
        Dictionary<string, double> terms = entry.Evaluate();
        AffineMap w = Take(entry, "forward_map.linear", N);
        AffineMap first = Take(entry, "reverse_map.network.0", M), second = Take(entry, "reverse_map.network.2", 2 * N);
        double[] F(double[] x) => [.. w.Apply(x).Select(Leaky)];
        double[] G(double[] y) => second.Apply([.. first.Apply(y).Select(Leaky)]);
        double[][] xs = Rows(entry.Data("x"), N), ys = Rows(entry.Data("y"), M), noises = Rows(entry.Data("cycle_noise"), M);
        double[][] noisy = [.. ys.Select((y, i) => Add(y, noises[i], 1))];
        AssertTerm("task", xs.Select((x, i) => MeanSquare(Add(F(x), ys[i], -1))).Average());
        AssertTerm("reconstruction", xs.Select(x => MeanSquare(Add(G(F(x)), x, -1))).Average());
        AssertTerm("cycle", noisy.Select(y => MeanSquare(Add(F(G(y)), y, -1))).Average());
        AssertTerm("spectral", Squares(N, (i, j) => Enumerable.Range(0, M).Sum(k => w.Weight[(k * N) + i] * w.Weight[(k * N) + j])));
        AssertTerm("bias_tie", Math.Pow(w.Bias.Average() + first.Bias.Average(), 2));
        AssertTerm("composition", Squares(N, (i, j) => Enumerable.Range(0, M).Sum(k => first.Weight[(i * M) + k] * w.Weight[(k * N) + j])));

        // Two probes for each of the first two samples, by differences of g(f(x)): piecewise affine, so they are exact but for rounding.
        double[][] probes = Rows(entry.Data("probe"), N);
        double penalty = probes.Select((probe, i) =>
        {
            const double Step = 1e-5;
            double[] x = xs[i / 2];
            double[] pushed = [.. Add(G(F(Add(x, probe, Step))), G(F(Add(x, probe, -Step))), -1).Select(d => d / (2 * Step))];
            return MeanSquare(Add(pushed, probe, -1));
        }).Average();
        Assert.Equal(4, probes.Length);
        Assert.Equal(penalty, terms["jcp"], 1e-8 * penalty);
        Assert.Equal(
            (1.1 * terms["task"]) + (0.7 * terms["reconstruction"]) + (0.6 * terms["cycle"]) + (0.3 * terms["spectral"])
            + (0.9 * terms["bias_tie"]) + (0.4 * terms["composition"]) + (0.8 * terms["jcp"]),
            terms["loss"],
            1e-12 * terms["loss"]);

        void AssertTerm(string name, double expected) => Assert.Equal(expected, terms[name], 1e-12 * Math.Max(1, expected));
    }

    [Fact]
    public void Biases_of_one_length_are_tied_element_by_element()
    {
        var entry = new SurrogateCase(new AffineArchitecture(), Shapes(N, N), _options, _all);
        double[] b = entry.Parameter("forward_map.linear.bias"), c = entry.Parameter("reverse_map.linear.bias");
        Assert.Equal(b.Zip(c, (x, y) => (x + y) * (x + y)).Sum(), entry.Evaluate()["bias_tie"], 1e-12);
    }

    [Fact]
    public void Tied_weights_are_the_transposed_ones()
    {
        var entry = new SurrogateCase(new AffineArchitecture(), Shapes(N, M), _options with { Tied = true }, _all);
        Dictionary<string, double> terms = entry.Evaluate();
        Assert.False(entry.Maps.Parameters.Contains("reverse_map.linear.weight"));
        Assert.Equal(terms["spectral"], terms["composition"], 1e-12 * terms["spectral"]);
    }

    [Fact]
    public void The_sum_over_components_is_n_times_their_mean()
    {
        var mean = new SurrogateCase(new MlpArchitecture(), Shapes(N, M), _options, _all);
        var sum = new SurrogateCase(new MlpArchitecture(), Shapes(N, M), _options with { SumOverComponents = true }, _all);
        Assert.Equal(N * mean.Evaluate()["jcp"], sum.Evaluate()["jcp"], 1e-12);
    }

    [Fact]
    public void A_step_may_change_the_penalty_s_weight()
    {
        var entry = new SurrogateCase(
            new MlpArchitecture(), Shapes(N, M), _options, SurrogateLosses.TaskOnly with { JacobianComposition = 0.5 }, ramped: true);
        entry.Data("penalty_factor")[0] = 0.25;
        Dictionary<string, double> terms = entry.Evaluate();
        Assert.Equal(terms["task"] + (0.125 * terms["jcp"]), terms["loss"], 1e-12);
    }

    private static (Architecture Architecture, ModelShapes Shapes) Of(string name) => name switch
    {
        "mlp" => (new MlpArchitecture(), Shapes(N, M)),
        "affine with leaky ReLU" => (new AffineArchitecture { Slope = 0.5 }, Shapes(N, N)),
        "convolution" => (new ResidualConvolutionArchitecture(1, 2, 1), Shapes(4, 4)),
        _ => (new AffineArchitecture(), Shapes(N, M)),
    };

    private static ModelShapes Shapes(int n, int m) => new(n, m);

    private static AffineMap Take(SurrogateCase entry, string name, int inputs) =>
        new(entry.Parameter($"{name}.weight"), entry.Parameter($"{name}.bias"), inputs);

    private static double Leaky(double x) => x < 0 ? 0.1 * x : x;

    private static double[][] Rows(double[] values, int columns) => [.. values.Chunk(columns)];

    private static double[] Add(double[] a, double[] b, double factor) => [.. a.Zip(b, (x, y) => x + (factor * y))];

    private static double MeanSquare(double[] values) => values.Average(value => value * value);

    /// <summary>‖A - I‖² over all elements.</summary>
    private static double Squares(int n, Func<int, int, double> element) =>
        Enumerable.Range(0, n * n).Sum(k => Math.Pow(element(k / n, k % n) - (k / n == k % n ? 1 : 0), 2));

    private sealed record AffineMap(double[] Weight, double[] Bias, int Inputs)
    {
        public double[] Apply(double[] x) =>
            [.. Bias.Select((bias, i) => bias + Enumerable.Range(0, Inputs).Sum(j => Weight[(i * Inputs) + j] * x[j]))];
    }
}

using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>What the table times: one thread, float32 unless said.</summary>
internal static class Cases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        new("network 64-128-64, forward, 1 sample", "mlp-64-128-64-forward-b1", 1 / 20.0, () => Work(Networks.Forward())),
        new("network 64-128-64, value and gradient, 1 sample", "mlp-64-128-64-value-and-grad-b1", 1 / 20.0, () => Work(Networks.ValueAndGradient(1))),
        new("network 64-128-64, value and gradient, 128 samples", "mlp-64-128-64-value-and-grad-b128", 1 / 2.5, () => Work(Networks.ValueAndGradient(128))),
        new("composition penalty and gradient, 128 samples", "jacobian-composition-penalty-step-64-b128", 1 / 6.0, () => Work(Networks.CompositionPenalty(128))),
        new("composition penalty: trace, gradient and compile, warm", null, 50_000, () => () => Networks.CompositionPenalty(128).Compile<float>()),
        .. new[] { 128, 256, 512, 1024 }.Select(n => new Case($"matrix product {n}", $"gemm-{n}", 1 / 1.1, () => Work(Product(n)))),
        .. Convolution(12, [8, 8, 8], 1, 1 / 3.0, null),
        .. Convolution(12, [8, 8, 8], 32, 1, 1 / 2.0),
        .. Convolution(16, [64, 64], 1, 1, null),
        .. Convolution(16, [64, 64], 32, null, 1 / 1.5),
        .. Convolution(48, [32, 32], 16, null, 1),
        .. new[] { 32, 64, 128 }.Select(n => new Case($"real FFT and back, {n} x {n}", $"rfft2-irfft2-{n}", 1, () => Work(Transform(n)))),
        .. new[] { 64, 256, 512, 1024 }.Select(n => new Case($"Cholesky solve {n}, double", $"cholesky-solve-f64-{n}", 1, () => Work<double>(PositiveSolve(n)))),
        new("tanh(v) v + v, 65,536 values", "elementwise-tanh-mul-add-65536", 1 / 2.0, () => Work(Function.Trace(v => (Tanh(v) * v) + v, 65_536))),
        new("loop of 10,000 steps on 64 values, double, forward", null, null, () => Work<double>(Loop())),
        new("loop of 10,000 steps on 64 values, double, value and gradient", null, null, () => Work<double>(Loop().ValueAndGradient())),
        new("heat-1d, Gauss-Newton with prior and box, double, per instance", null, 200, HeatGaussNewton),
    ];

    /// <summary>3-wide kernels with zero padding and bias, as PyTorch's layers have them; backward gives the gradients of input, kernel and bias.</summary>
    private static IEnumerable<Case> Convolution(int channels, int[] size, int samples, double? forwardGoal, double? backwardGoal)
    {
        Shape input = Shape.Of([channels, .. size]);
        Shape kernel = Shape.Of([channels, channels, .. size.Select(_ => 3)]);
        Function layer = Function.Trace(
            [("w", kernel), ("b", Shape.Of([channels, .. size.Select(_ => 1)])), ("x", input)],
            v => [("y", Convolve(v["x"], v["w"], new ConvolutionOptions { Padding = Padding.Same }) + v["b"])],
            "layer").Batch(samples, "x");
        string name = $"{size.Length}-D convolution, {channels} channels on {size[0]}^{size.Length}, {samples} sample{(samples == 1 ? "" : "s")}";
        string peer = $"conv{size.Length}d-{channels}ch-{size[0]}^{size.Length}";
        yield return new Case($"{name}, forward", $"{peer}-forward-b{samples}", forwardGoal, () => Work(layer));
        yield return new Case($"{name}, forward and backward", $"{peer}-forward-backward-b{samples}", backwardGoal, () => Work(layer.Vjp()));
    }

    private static Function Product(int n) => Function.Trace([("a", [n, n]), ("b", [n, n])], v => [("c", MatMul(v["a"], v["b"]))]);

    private static Function Transform(int n) => Function.Trace(x => InverseRealFft(RealFft(x), n), [n, n]);

    private static Function PositiveSolve(int n) => Function.Trace(
        [("a", [n, n]), ("b", [n, 1])], v => [("x", SolvePositiveDefinite(v["a"] + (n * Eye(n)), v["b"]))]);

    private static Action Work(Function function) => Work<float>(function);

    /// <summary>A warm run of a compiled function on random inputs.</summary>
    private static Action Work<T>(Function function)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Plan<T> plan = function.Compile<T>(new PlanOptions { Team = ThreadTeam.SingleThread });
        Workspace<T> workspace = plan.Rent();
        var stream = new RandomStream(7, "benchmark");
        for (int i = 0; i < plan.Inputs.Count; i++)
        {
            stream.FillUniform(workspace.Input(i), -0.5, 0.5);
        }

        return workspace.Run;
    }

    /// <summary>Explicit heat conduction with a nonlinear source, summed up at the end.</summary>
    private static Function Loop() => Function.Trace(
        x => Square(Repeat(10_000, x, u =>
        {
            Value padded = u.Pad(0, 1, 1);
            return u + (0.3 * (padded[2..] - (2 * u) + padded[..^2])) + (0.001 * Sin(u));
        })).Sum(),
        64);

    private static Action HeatGaussNewton()
    {
        BenchmarkProblem problem = ProblemCatalogue.Find("heat-1d");
        DataSet data = problem.Generate(Split.Test, 100);
        InverseProblem inverse = problem.ToInverseProblem();
        Session session = new GaussNewton { Team = ThreadTeam.SingleThread }.Prepare(inverse);
        var solution = new double[inverse.Unknowns];
        double[] start = [.. problem.Start];
        int next = 0;
        return () =>
        {
            session.Solve(data.Observation(next), start, solution);
            next = (next + 1) % data.Count;
        };
    }
}

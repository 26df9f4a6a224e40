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
        new("network 64-128-64, forward, 1 sample", "mlp-64-128-64-forward-b1", 1 / 5.0, () => Work(Networks.Forward())),
        new("network 64-128-64, value and gradient, 1 sample", "mlp-64-128-64-value-and-grad-b1", 1 / 5.0, () => Work(Networks.ValueAndGradient(1))),
        new("network 64-128-64, value and gradient, 128 samples", "mlp-64-128-64-value-and-grad-b128", 1, () => Work(Networks.ValueAndGradient(128))),
        new("composition penalty and gradient, 128 samples", "jacobian-composition-penalty-step-64-b128", 1, () => Work(Networks.CompositionPenalty(128))),
        new("composition penalty: trace, gradient and compile, warm", null, 50_000, () => () => Networks.CompositionPenalty(128).Compile<float>()),
        new("loop of 10,000 steps on 64 values, double, forward", null, null, () => Work<double>(Loop())),
        new("loop of 10,000 steps on 64 values, double, value and gradient", null, null, () => Work<double>(Loop().ValueAndGradient())),
        new("heat-1d, Gauss-Newton with prior and box, double, per instance", null, 400, HeatGaussNewton),
    ];

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

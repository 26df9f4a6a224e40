using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Benchmarks;

/// <summary>The 64-128-64 network and the losses that are timed, written for one sample.</summary>
internal static class Networks
{
    private static readonly (string Name, Shape Shape)[] _parameters = [("w1", [128, 64]), ("b1", 128), ("w2", [64, 128]), ("b2", 64)];

    public static string[] ParameterNames { get; } = [.. _parameters.Select(p => p.Name)];

    /// <summary>y = W2 LeakyReLU(W1 x + b1) + b2.</summary>
    public static Function Forward() => Function.Trace([.. _parameters, ("x", 64)], v => [("y", Layers(v))], "network");

    /// <summary>Mean of y^2 over the components and the samples.</summary>
    public static Function ValueAndGradient(int samples)
    {
        Function network = samples == 1 ? Forward() : Forward().Batch(samples, "x");
        return Function.Trace(
            [.. network.Inputs.Select(input => (input.Name, input.Shape))],
            v => [("loss", Square(network.Apply([.. v])[0]).Mean())],
            "loss")
            .ValueAndGradient(ParameterNames);
    }

    /// <summary>The Jacobian Composition Penalty mean((J_g J_f xi - xi)^2) and its gradient by the parameters of g.</summary>
    public static Function CompositionPenalty(int samples)
    {
        Function f = Function.Trace(
            [("a", [64, 64]), ("c", 64), ("x", 64)], v => [("y", LeakyRelu(MatMul(v["a"], v["x"]) + v["c"], 0.1))], "f");
        Function g = Forward();
        Function one = Function.Trace(
            [("a", [64, 64]), ("c", 64), .. _parameters, ("x", 64), ("xi", 64)],
            v =>
            {
                Value[] pushed = f.Jvp("x").Apply(v["a"], v["c"], v["x"], v["xi"]);
                Value[] pulled = g.Jvp("x").Apply(v["w1"], v["b1"], v["w2"], v["b2"], pushed[0], pushed[1]);
                return [("penalty", Square(pulled[1] - v["xi"]).Mean())];
            },
            "penalty");
        Function batch = one.Batch(samples, "x", "xi");
        return Function.Trace(
            [.. batch.Inputs.Select(input => (input.Name, input.Shape))], v => [("penalty", batch.Apply([.. v])[0].Mean())], "penalty")
            .ValueAndGradient(ParameterNames);
    }

    private static Value Layers(ValueList v) => MatMul(v["w2"], LeakyRelu(MatMul(v["w1"], v["x"]) + v["b1"], 0.1)) + v["b2"];
}

using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>Loops over time, implicit equations and external models.</content>
internal static partial class PrimitiveCases
{
    /// <summary>y = (x0 exp(x1), sin(x0) x2), with derivatives of its own.</summary>
    public static ExternalModel Simulator { get; } = new()
    {
        Name = "simulator",
        Input = 3,
        Output = 2,
        Evaluate = (x, y) => (y[0], y[1]) = (x[0] * Math.Exp(x[1]), Math.Sin(x[0]) * x[2]),
        Jvp = (x, d, p) =>
            (p[0], p[1]) = (Math.Exp(x[1]) * (d[0] + (x[0] * d[1])), (Math.Cos(x[0]) * x[2] * d[0]) + (Math.Sin(x[0]) * d[2])),
        Vjp = (x, u, p) => (p[0], p[1], p[2]) =
            ((Math.Exp(x[1]) * u[0]) + (Math.Cos(x[0]) * x[2] * u[1]), x[0] * Math.Exp(x[1]) * u[0], Math.Sin(x[0]) * u[1]),
    };

    private static IEnumerable<PrimitiveCase> Loops()
    {
        foreach ((string name, LoopOptions options) in new[]
        {
            ("", new LoopOptions()),
            (" backward", new LoopOptions { Backward = true }),
            (" checkpointed", new LoopOptions { Checkpoint = true }),
            (" backward checkpointed", new LoopOptions { Backward = true, Checkpoint = true }),
        })
        {
            // Seven steps in segments of three leave a ragged one; the second carry varies only through the first.
            yield return new PrimitiveCase(
                $"loop{name}", options.Checkpoint ? [typeof(Scan), typeof(Recomputed)] : [typeof(Scan)],
                [(2, Domain.Plain), ([7, 2], Domain.Plain)],
                x =>
                {
                    (Value[] carry, Value[] outputs) = Value.Scan(
                        7, [x[0], Value.Full(0.3, 2)], [x[1]],
                        (c, s) => ([Value.Tanh(c[0] + (s[0] * x[0])), (0.5 * c[1]) + Value.Square(c[0])], [c[1] * s[0], Value.Sin(c[0])]),
                        options);
                    return [carry[0], carry[1], outputs[0], outputs[1]];
                });
        }

        yield return Plain(
            "loop that writes nothing", typeof(Scan), [[3]], x => Value.Repeat(4, x[0], s => s + (0.1 * Value.Sin(s)) + (0.1 * x[0][0])));
        yield return Plain("loop of no steps", typeof(Scan), [[3]], x => Value.Repeat(0, Value.Sin(x[0]), s => 2 * s));
        yield return Plain("loop of one step", typeof(Scan), [[3]], x => Value.Repeat(1, x[0], s => Value.Sin(s) * x[0]));
        yield return Plain(
            "loop with a constant output", typeof(Scan), [[2]],
            x => Value.Scan(3, x[0], s => (0.5 * s, Value.Full(2, 2))).Outputs + 0 * x[0]);
        yield return Plain(
            "loop whose carry forgets", typeof(Scan), [[2]], x => Value.Scan(3, x[0], s => (Value.Full(1, 2), Value.Exp(s))).Outputs);
        yield return Plain("loop in a loop", typeof(Scan), [[3]], x => Value.Repeat(
            3, x[0], outer => outer + (0.1 * Value.Repeat(2, outer, inner => Value.Sin(inner) + (x[0][1] * outer)))));
        yield return Plain("loop in a checkpointed loop", typeof(Scan), [[2]], x => Value.Repeat(
            5, x[0], outer => Value.Tanh(Value.Repeat(2, outer, inner => (0.5 * inner) + (x[0] * outer))),
            new LoopOptions { Checkpoint = true }));
        yield return Plain("loop over rows and a matrix", typeof(Scan), [[3, 3], [4, 3]], x => Value.Scan(
            4, [Value.Full(0, 3)], [x[1]], (c, s) => ([Value.Tanh(Value.MatMul(x[0], c[0]) + s[0])], [c[0]])).Outputs[0]);
    }

    private static IEnumerable<PrimitiveCase> Equations()
    {
        foreach ((string name, RootOptions options) in new[]
        {
            ("", new RootOptions { Tolerance = 1e-12 }),
            (" without a matrix", new RootOptions { Tolerance = 1e-12, Krylov = new KrylovOptions() }),
        })
        {
            Type[] covers = [typeof(Root)];
            yield return new PrimitiveCase(
                $"root{name}", covers, [(3, Domain.Plain), (3, Domain.Positive)],
                x => [Value.Root(Value.Full(0, 3), u => (x[1] * u) + (0.3 * Value.Tanh(u.Reverse())) - x[0], options)]);
            yield return new PrimitiveCase(
                $"root of a matrix shape{name}", covers, [([2, 2], Domain.Plain)],
                x => [Value.FixedPoint(x[0], u => (0.5 * Value.Sin(x[0])) + (0.2 * Value.MatMul(u, Value.Sin(u))), options)]);
        }

        yield return new PrimitiveCase("operator solve", [typeof(OperatorSolve)], [(4, Domain.Positive), (4, Domain.Plain)], x =>
            [Value.SolveOperator(v => (2 * x[0] * v) + (0.3 * v.Reverse() * x[0][0]), x[1])]);
        yield return new PrimitiveCase("loop with roots", [typeof(Scan)], [(2, Domain.Plain)], x =>
            [Value.Repeat(
                3, x[0], s => Value.Root(s, u => u + (0.1 * u * u * u) - s - (0.1 * x[0]), new RootOptions { Tolerance = 1e-12 }))]);
        yield return new PrimitiveCase("root over loops in loops", [typeof(Root)], [(2, Domain.Plain)], x =>
            [Value.Root(
                x[0], u => u - x[0] - (0.1 * Value.Repeat(2, u, s => Value.Repeat(2, s, t => Value.Sin(t) * x[0]))),
                new RootOptions { Tolerance = 1e-12 })]);
    }
}

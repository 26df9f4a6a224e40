using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>
/// Functions with derivative rules of their user's, true ones and others, stopped gradients, and functions inside functions.
/// </content>
internal static partial class PrimitiveCases
{
    /// <summary>(a, b) -> (a sin b, sum of a) over [3], with its true forward rule.</summary>
    public static Function WithForwardRule()
    {
        Function function = Function.Trace([("a", 3), ("b", 3)], x => [("p", x[0] * Value.Sin(x[1])), ("s", x[0].Sum())], "forward-rule");
        return function.WithJvp(Function.Trace(
            [("a", 3), ("b", 3), ("da", 3), ("db", 3)],
            x => [("dp", (x[2] * Value.Sin(x[1])) + (x[0] * Value.Cos(x[1]) * x[3])), ("ds", x[2].Sum())]));
    }

    /// <summary>(a, b) -> a exp(b) summed over the last axis, with its true reverse rule.</summary>
    public static Function WithReverseRule()
    {
        Function function = Function.Trace([("a", [2, 3]), ("b", 3)], x => [("y", (x[0] * Value.Exp(x[1])).Sum(1))], "reverse-rule");
        return function.WithVjp(Function.Trace(
            [("a", [2, 3]), ("b", 3), ("u", 2)],
            x =>
            {
                Value e = Value.Exp(x[1]);
                Value u = x[2].Reshape(2, 1);
                return [("da", u * e), ("db", (u * x[0] * e).Sum(0))];
            }));
    }

    /// <summary>Floor with the derivative of the identity, as straight-through estimators have it.</summary>
    public static Function StraightThrough() =>
        Function.Trace(x => Value.Floor(x), 4).WithJvp(Function.Trace([("x", 4), ("dx", 4)], x => [("dy", 1 * x[1])], "straight-through"));

    private static IEnumerable<PrimitiveCase> OwnRules()
    {
        yield return new PrimitiveCase(
            "own forward rule", [typeof(Custom)], [(3, Domain.Plain), (3, Domain.Plain)], x => WithForwardRule().Apply([.. x]));
        yield return Plain("own forward rule inside", typeof(Custom), [[3]], x =>
        {
            Value[] y = WithForwardRule().Apply(Value.Tanh(x[0]), 0.5 * x[0]);
            return y[0] * y[1];
        });
        yield return Plain(
            "own forward rule by one input", typeof(Custom), [[3]], x => WithForwardRule().Apply(Value.Constant([1, 2, 3]), x[0])[0]);
        yield return Plain("own reverse rule", typeof(Custom), [[2, 3], [3]], x => WithReverseRule().Apply([.. x])[0]);
        yield return Plain("own reverse rule inside", typeof(Custom), [[2, 3]], x => Value.Sin(WithReverseRule().Apply(x[0], x[0][0])[0]));
        yield return Plain(
            "own reverse rule by one input", typeof(Custom), [[3]], x => WithReverseRule().Apply(Value.Full(0.5, [2, 3]), x[0])[0]);
        yield return Case(
            "straight-through", typeof(Custom), [(4, Domain.Apart)],
            x => StraightThrough().Apply(x[0])[0] * x[0]) with { HasTrueDerivatives = false };
        yield return Plain(
            "stop-gradient inside", typeof(StopGradient), [[3]],
            x => Value.StopGradient(Value.Sin(x[0])) * x[0]) with { HasTrueDerivatives = false };
        yield return Plain("function inside", typeof(Tanh), [[3]], x =>
        {
            Function inner = Function.Trace(z => Value.Tanh(z) * z[0], 3);
            return inner.Apply(inner.Apply(x[0])[0])[0];
        });
        yield return Plain("gradient inside", typeof(Tanh), [[3]], x =>
            Function.Trace(z => Value.Tanh(z).Sum() * z[0], 3).Gradient().Apply(Value.Sin(x[0]))[0]);
        yield return Plain("jacobian inside", typeof(Identity), [[3]], x =>
            Function.Trace(z => Value.Concatenate(0, Value.Sin(z), z * z[0]), 3).Jacobian().Apply(x[0])[0]);
        yield return Plain("batch inside", typeof(Broadcast), [[2, 3], [3]], x =>
            Function.Trace([("p", 3), ("q", 3)], z => [("y", Value.Tanh(z[0] * z[1]).Sum())]).Batch(2, "p").Apply([.. x])[0]);
    }
}

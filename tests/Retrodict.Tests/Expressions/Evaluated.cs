using Retrodict.Autodiff;
using Retrodict.Expressions;

namespace Retrodict.Tests.Expressions;

/// <summary>Expressions as numbers.</summary>
internal static class Evaluated
{
    public static double Of(string text, params (string Name, double Value)[] names) => Of(Expression.Parse(text), names);

    public static double Of(Expression expression, params (string Name, double Value)[] names) =>
        Trace(expression, names).Compile<double>().Evaluate(Values(names))[0][0];

    public static double[] Gradient(string text, params (string Name, double Value)[] names) =>
        Trace(Expression.Parse(text), names).Gradient("x").Compile<double>().Evaluate(Values(names))[0];

    private static Function Trace(Expression expression, (string Name, double Value)[] names) => Function.Trace(
        x =>
            expression.Apply(
                name =>
                    x[Array.FindIndex(names, entry => entry.Name == name)]).BroadcastTo(Shape.Scalar), Shape.Of([Math.Max(1,
                        names.Length)]));

    private static double[] Values((string Name, double Value)[] names) =>
        names.Length == 0 ? [0] : [.. names.Select(entry => entry.Value)];
}

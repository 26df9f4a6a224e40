using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// RJCP = E ‖J_g(f(x)) J_f(x) ξ - ξ‖² / n with Rademacher ξ: how far a reverse map's Jacobian is from an inverse of the
/// forward map's.
/// </summary>
/// <remarks>
/// Source: A. L. Kachhadiya, arXiv 2605.13068. By Hutchinson's identity it is ‖J_g J_f - I‖² / n on average, over all elements.
/// </remarks>
internal static class CompositionErrors
{
    /// <summary>
    /// At every point, for a forward map from [n] to the standardized observation [m]. Point i has probes of its own, from child i of the
    /// stream.
    /// </summary>
    public static double[] Of(Function reverse, Function forward, ReadOnlySpan<double> points, int probes, RandomStream random)
    {
        int n = forward.Inputs[0].Shape.ElementCount;
        Function pushed = Function.Trace([("x", n)], inputs => [("g", reverse.Apply(forward.Apply(inputs[0])[0])[0])]).Jvp("x");
        Function all = pushed.Batch(probes, pushed.Inputs[^1].Name);
        Function joint = Function.Trace(
            [("both", (1 + probes) * n)],
            inputs =>
            {
                Value directions = inputs[0].Slice(0, n, (1 + probes) * n).Reshape(probes, n);
                return [("error", Value.Square(all.Apply(inputs[0].Slice(0, 0, n), directions)[^1] - directions).Mean().Reshape(1))];
            });
        int count = points.Length / n;
        var rows = new double[count * (1 + probes) * n];
        for (int i = 0; i < count; i++)
        {
            Span<double> row = rows.AsSpan(i * (1 + probes) * n, (1 + probes) * n);
            points.Slice(i * n, n).CopyTo(row);
            random.At(i).FillRademacher(row[n..]);
        }

        return RowMap.Apply(joint, rows);
    }
}

using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>RJCP = E ‖J_g(f(x)) J_f(x) ξ - ξ‖² / n with Rademacher ξ: how far a reverse map's Jacobian is from an inverse of the forward map's.</summary>
/// <remarks>Source: A. L. Kachhadiya, arXiv 2605.13068. By Hutchinson's identity it is ‖J_g J_f - I‖² / n on average, over all elements.</remarks>
public static class CompositionError
{
    /// <summary>Its mean over points, for the forward map that a model has learned.</summary>
    /// <param name="model">The model.</param>
    /// <param name="unknowns">The points x, [count, n].</param>
    /// <param name="probes">Probes a point.</param>
    /// <param name="seed">Their seed.</param>
    /// <exception cref="ArgumentException">The model has no forward map, or the points are no multiple of n.</exception>
    public static double Mean(DeceptronModel model, ReadOnlySpan<double> unknowns, int probes = 4, ulong seed = 7)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
        if (model.ForwardParameters is not { } forward || unknowns.Length == 0 || unknowns.Length % model.Shapes.Unknowns != 0)
        {
            throw new ArgumentException(
                model.ForwardParameters is null
                    ? "The model has no forward map of its own."
                    : $"There are {unknowns.Length} numbers, which are no points of {model.Shapes.Unknowns} components.",
                nameof(model));
        }

        return Each(model.ReverseFunction, model.Architecture.ForwardMap(model.Shapes).Bake(forward.Span), unknowns, probes, new RandomStream(seed, "composition error")).Average();
    }

    /// <summary>At every point, for a forward map from [n] to the standardized observation [m]. Point i has probes of its own, from child i of the stream.</summary>
    internal static double[] Each(Function reverse, Function forward, ReadOnlySpan<double> points, int probes, RandomStream random)
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

        return BatchRun.Map(joint, rows, count);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Retrodict.Autodiff;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>
/// A model with a dense Jacobian as an operation of traced programs. Every thread keeps its last Jacobian with the point it belongs to, so
/// that the products which a linearization needs, one for each column or row, share one evaluation. A product skips the zeros of its
/// vector: with the identity's columns it copies the Jacobian.
/// </summary>
internal sealed class DenseJacobianModel
{
    [ThreadStatic]
    private static ConditionalWeakTable<DenseJacobianModel, Entry>? _last;

    [ThreadStatic]
    private static long _solve;

    private readonly ExternalFunction _jacobian;
    private readonly int _unknowns;
    private readonly int _observations;

    private DenseJacobianModel(ExternalFunction jacobian, int unknowns, int observations) =>
        (_jacobian, _unknowns, _observations) = (jacobian, unknowns, observations);

    /// <summary>Says that a solve begins on this thread. Jacobians that were not finite are then evaluated anew: a black box may have
    /// failed for once.</summary>
    public static void ForgetFailures() => _solve++;

    /// <param name="model">The model.</param>
    /// <param name="jacobian">Fills its Jacobian, [m, n] row-major and zero before.</param>
    /// <param name="unknowns">The shape of x.</param>
    /// <param name="observations">The shape of y.</param>
    public static Function Trace(ExternalFunction model, ExternalFunction jacobian, Shape unknowns, Shape observations)
    {
        var products = new DenseJacobianModel(jacobian, unknowns.ElementCount, observations.ElementCount);
        return Products(model, products.Jvp, products.Vjp, unknowns, observations);
    }

    /// <summary>A model with products of its own.</summary>
    public static Function Products(
        ExternalFunction model, ExternalProduct? jvp, ExternalProduct? vjp, Shape unknowns, Shape observations) => Function.Trace(
        new ExternalModel { Name = "model", Input = unknowns, Output = observations, Evaluate = model, Jvp = jvp,
            Vjp = vjp }.Apply, unknowns);

    private void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product)
    {
        ReadOnlySpan<double> jacobian = default;
        for (int j = 0; j < _unknowns; j++)
        {
            double factor = tangent[j];
            if (factor == 0)
            {
                continue;
            }

            jacobian = jacobian.IsEmpty ? At(x) : jacobian;
            for (int i = 0; i < _observations; i++)
            {
                product[i] += factor * jacobian[(i * _unknowns) + j];
            }
        }
    }

    private void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product)
    {
        ReadOnlySpan<double> jacobian = default;
        for (int i = 0; i < _observations; i++)
        {
            double factor = cotangent[i];
            if (factor == 0)
            {
                continue;
            }

            jacobian = jacobian.IsEmpty ? At(x) : jacobian;
            ReadOnlySpan<double> row = jacobian.Slice(i * _unknowns, _unknowns);
            for (int j = 0; j < _unknowns; j++)
            {
                product[j] += factor * row[j];
            }
        }
    }

    private ReadOnlySpan<double> At(ReadOnlySpan<double> x)
    {
        Entry last = (_last ??= []).GetValue(this, static owner => new Entry(owner._unknowns, owner._observations));

        // By bits, so that a point with NaN is itself.
        bool isOutdated = !last.IsSet || (last.HasFailed && last.Solve != _solve);
        if (isOutdated || !MemoryMarshal.AsBytes(x).SequenceEqual(MemoryMarshal.AsBytes<double>(last.X)))
        {
            last.IsSet = false;
            Array.Clear(last.Jacobian);
            _jacobian(x, last.Jacobian);
            x.CopyTo(last.X);
            (last.IsSet, last.HasFailed, last.Solve) = (true, !double.IsFinite(Vectors.Largest(last.Jacobian)), _solve);
        }

        return last.Jacobian;
    }

    private sealed class Entry(int unknowns, int observations)
    {
        public double[] X { get; } = new double[unknowns];

        public double[] Jacobian { get; } = new double[unknowns * observations];

        public bool IsSet { get; set; }

        /// <summary>Whether an element is not finite.</summary>
        public bool HasFailed { get; set; }

        /// <summary>The solve that it was evaluated in.</summary>
        public long Solve { get; set; }
    }
}

using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// Dense Jacobians by finite differences that never leave a box. Where there is no room on one side, a central difference becomes the
/// one-sided one of the same order, (-3 F(x) + 4 F(x + h) - F(x + 2h)) / 2h; where there is none for that either, the step shrinks to what
/// fits; a fixed unknown has derivative 0. Steps are the differences of representable points.
/// </summary>
internal sealed class DifferenceJacobian(ExternalFunction model, Shape unknowns, Shape observations, FiniteDifferences options, Box bounds)
{
    [ThreadStatic]
    private static double[]? _memory;

    /// <summary>The same model, kept in another box.</summary>
    public Function Within(Box box) => new DifferenceJacobian(model, unknowns, observations, options, box).Traced();

    public Function Traced() => DenseJacobianModel.Trace(model, Evaluate, unknowns, observations);

    private void Evaluate(ReadOnlySpan<double> x, Span<double> jacobian)
    {
        int n = unknowns.ElementCount;
        int m = observations.ElementCount;

        // Taken, not shared, so that a model which solves problems of its own inside finds its own.
        double[] memory = _memory is { } kept && kept.Length >= n + (3 * m) ? kept : new double[n + (3 * m)];
        _memory = null;
        Span<double> moved = memory.AsSpan(0, n);
        var values = new Stencil(memory.AsSpan(n, m), memory.AsSpan(n + m, m), memory.AsSpan(n + (2 * m), m));
        x.CopyTo(moved);
        bool haveCenter = false;
        for (int j = 0; j < n; j++)
        {
            double step = options.Step(j, x[j]);
            (double above, double below) = (bounds.Upper(j) - x[j], x[j] - bounds.Lower(j));
            bool both = options.Central && above >= step && below >= step;
            if (!both && !haveCenter)
            {
                Run(x, values.Center);
                haveCenter = true;
            }

            if (both)
            {
                double high = At(moved, j, x[j] + step, values.First);
                double low = At(moved, j, x[j] - step, values.Second);
                Column(jacobian, n, j, values.First, values.Second, 1 / (high - low));
            }
            else
            {
                OneSided(jacobian, moved, j, Math.Max(above, below) == above ? Math.Min(step, above) : -Math.Min(step, below), values);
            }

            moved[j] = x[j];
        }

        _memory = memory;
    }

    private void OneSided(Span<double> jacobian, Span<double> moved, int j, double step, Stencil values)
    {
        int n = moved.Length;
        double x = moved[j];
        double room = step > 0 ? bounds.Upper(j) - x : x - bounds.Lower(j);
        if (!options.Central)
        {
            double near = At(moved, j, Inside(j, x + step), values.First);
            Column(jacobian, n, j, values.First, values.Center, near == x ? 0 : 1 / (near - x));
            return;
        }

        // The second point at twice the step, both inside.
        double h = Math.CopySign(Math.Min(Math.Abs(step), room / 2), step);
        double one = At(moved, j, Inside(j, x + h), values.First) - x;
        double two = At(moved, j, Inside(j, x + (2 * h)), values.Second) - x;
        if (one == 0 || two == one)
        {
            Column(jacobian, n, j, values.First, values.Center, one == 0 ? 0 : 1 / one);
            return;
        }

        // The parabola through the three points, differentiated at x.
        double first = two / (one * (two - one));
        double second = -one / (two * (two - one));
        for (int i = 0; i < values.Center.Length; i++)
        {
            jacobian[(i * n) + j] = (first * (values.First[i] - values.Center[i])) + (second * (values.Second[i] - values.Center[i]));
        }
    }

    private double Inside(int j, double x) => Math.Min(Math.Max(x, bounds.Lower(j)), bounds.Upper(j));

    private double At(Span<double> moved, int j, double x, Span<double> y)
    {
        moved[j] = x;
        Run(moved, y);
        return x;
    }

    private void Run(ReadOnlySpan<double> x, Span<double> y)
    {
        y.Clear();
        model(x, y);
    }

    private static void Column(Span<double> jacobian, int n, int j, ReadOnlySpan<double> high, ReadOnlySpan<double> low, double factor)
    {
        for (int i = 0; i < high.Length; i++)
        {
            // A fixed unknown's column is zero even where the model is not finite.
            jacobian[(i * n) + j] = factor == 0 ? 0 : (high[i] - low[i]) * factor;
        }
    }

    private readonly ref struct Stencil(Span<double> center, Span<double> first, Span<double> second)
    {
        public Span<double> Center { get; } = center;

        public Span<double> First { get; } = first;

        public Span<double> Second { get; } = second;
    }
}

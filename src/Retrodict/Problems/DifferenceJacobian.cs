using Retrodict.Autodiff;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>
/// Dense Jacobians by finite differences that never leave a box. Where there is no room on one side, a central difference becomes the
/// one-sided one of the same order, (-3 F(x) + 4 F(x + h) - F(x + 2h)) / 2h; where there is none for that either, the step shrinks to what
/// fits; a fixed unknown has derivative 0. Where the model fails beside x on one side, the other is taken. Steps are the differences of
/// representable points. Columns are independent, so that several threads give the same bits.
/// </summary>
internal sealed class DifferenceJacobian(ExternalFunction model, Shape unknowns, Shape observations, FiniteDifferences options, Box bounds)
{
    [ThreadStatic]
    private static DifferenceStencil? _kept;

    private readonly int _n = unknowns.ElementCount;
    private readonly int _m = observations.ElementCount;

    /// <summary>The same model, kept in another box.</summary>
    public Function Within(Box box) => new DifferenceJacobian(model, unknowns, observations, options, box).Traced();

    public Function Traced() => DenseJacobianModel.Trace(ModelRuns.Around(model), Evaluate, unknowns, observations);

    private void Evaluate(ReadOnlySpan<double> x, Span<double> jacobian)
    {
        ModelRuns? runs = ModelRuns.Current;
        if (options.Parallel > 1 && _n > 1)
        {
            EvaluateOnThreads(x.ToArray(), jacobian, runs);
            return;
        }

        // Taken, not shared, so that a model which solves problems of its own inside finds its own.
        DifferenceStencil stencil = _kept is { } kept && kept.Fits(_n, _m) ? kept : new DifferenceStencil(_n, _m);
        _kept = null;
        stencil.Begin(model, x, runs);
        for (int j = 0; j < _n; j++)
        {
            Difference(stencil, j);
            Store(stencil.Column, jacobian, j);
        }

        _kept = stencil;
    }

    private void EvaluateOnThreads(double[] x, Span<double> jacobian, ModelRuns? runs)
    {
        var columns = new double[_n][];
        using var stencils = new ThreadLocal<DifferenceStencil>(() => new DifferenceStencil(_n, _m));
        var first = new DifferenceStencil(_n, _m);
        first.Begin(model, x, runs);
        if (!options.Central)
        {
            first.RunCenter();
        }

        Workers.Run(options.Parallel, _n, j =>
        {
            DifferenceStencil stencil = stencils.Value!;
            stencil.Begin(model, x, runs);
            stencil.ShareCenter(first);
            Difference(stencil, j);
            columns[j] = stencil.Column.ToArray();
        });
        for (int j = 0; j < _n; j++)
        {
            Store(columns[j], jacobian, j);
        }
    }

    private void Store(ReadOnlySpan<double> column, Span<double> jacobian, int j)
    {
        for (int i = 0; i < _m; i++)
        {
            jacobian[(i * _n) + j] = column[i];
        }
    }

    /// <summary>The derivative by an unknown.</summary>
    private void Difference(DifferenceStencil stencil, int j)
    {
        double x = stencil.X[j];
        double step = options.Step(j, x);
        (double above, double below) = (bounds.Upper(j) - x, x - bounds.Lower(j));
        (double up, double down) = (Math.Min(step, above), Math.Min(step, below));
        if (!options.Central || above < step || below < step)
        {
            double first = above >= below ? up : -down;
            double second = above >= below ? -down : up;
            if (!OneSided(stencil, j, first) && second != 0)
            {
                OneSided(stencil, j, second);
            }

            return;
        }

        (double high, bool highFailed) = stencil.RunAt(j, x + step, stencil.First);
        (double low, bool lowFailed) = stencil.RunAt(j, x - step, stencil.Second);
        if (highFailed == lowFailed)
        {
            Quotient(stencil.First, stencil.Second, 1 / (high - low), stencil.Column);
        }
        else
        {
            // A black box that fails on one side may have a derivative on the other.
            OneSided(stencil, j, highFailed ? -down : up);
        }
    }

    /// <summary>The derivative from points on one side.</summary>
    /// <returns>False if one of them failed where x itself did not.</returns>
    private bool OneSided(DifferenceStencil stencil, int j, double step)
    {
        stencil.RunCenter();
        double x = stencil.X[j];
        if (!options.Central)
        {
            (double near, bool nearFailed) = stencil.RunAt(j, Inside(j, x + step), stencil.First);
            Quotient(stencil.First, stencil.Center, near == x ? 0 : 1 / (near - x), stencil.Column);
            return near == x || !nearFailed || stencil.CenterFailed;
        }

        // The second point at twice the step, both inside.
        double room = step > 0 ? bounds.Upper(j) - x : x - bounds.Lower(j);
        double h = Math.CopySign(Math.Min(Math.Abs(step), room / 2), step);
        (double first, bool firstFailed) = stencil.RunAt(j, Inside(j, x + h), stencil.First);
        (double second, bool secondFailed) = stencil.RunAt(j, Inside(j, x + (2 * h)), stencil.Second);
        (double one, double two) = (first - x, second - x);
        if (one == 0 || two == one)
        {
            Quotient(stencil.First, stencil.Center, one == 0 ? 0 : 1 / one, stencil.Column);
            return one == 0 || !firstFailed || stencil.CenterFailed;
        }

        // The parabola through the three points, differentiated at x.
        double a = two / (one * (two - one));
        double b = -one / (two * (two - one));
        for (int i = 0; i < _m; i++)
        {
            double center = stencil.Center[i];
            stencil.Column[i] = (a * (stencil.First[i] - center)) + (b * (stencil.Second[i] - center));
        }

        return (!firstFailed && !secondFailed) || stencil.CenterFailed;
    }

    private double Inside(int j, double x) => Math.Min(Math.Max(x, bounds.Lower(j)), bounds.Upper(j));

    private static void Quotient(ReadOnlySpan<double> high, ReadOnlySpan<double> low, double factor, Span<double> column)
    {
        for (int i = 0; i < high.Length; i++)
        {
            // A fixed unknown's column is zero even where the model is not finite.
            column[i] = factor == 0 ? 0 : (high[i] - low[i]) * factor;
        }
    }
}

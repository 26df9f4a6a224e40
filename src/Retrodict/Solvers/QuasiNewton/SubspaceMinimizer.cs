using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Minimizes the quadratic model with the compact B of <see cref="LimitedMemory"/> over the unknowns that the generalized Cauchy point
/// leaves between their bounds (Byrd, Lu, Nocedal, Zhu 1995, section 5.1): with r the model's gradient at that point, and F the free and A
/// the other unknowns,
/// <code>
///   d = -r / theta - W_F v / theta²,   N v = W_F^T r,   N = M^-1 - W_F^T W_F / theta = [-P  Q^T; Q  R]
///   P = D + Y_F^T Y_F / theta,   Q = S_A^T Y_A - (S^T Y on and above the diagonal),   R = theta S_A^T S_A
/// </code>
/// of which P and R + Q P^-1 Q^T are positive definite. Only rows of A are multiplied. The minimizer is projected into the box; where that
/// is no descent, the way to it is cut at the first bound (Morales and Nocedal 2011, Remark on algorithm 778).
/// </summary>
internal sealed class SubspaceMinimizer(LimitedMemory memory, int unknowns)
{
    private readonly double[] _lower = new double[unknowns];
    private readonly double[] _upper = new double[unknowns];
    private readonly double[] _gradient = new double[unknowns];
    private readonly double[] _step = new double[unknowns];
    private readonly double[] _product = new double[2 * memory.Pairs.Capacity];
    private readonly PairProducts _heldProducts = new(memory.Pairs);
    private readonly QuasidefiniteFactor _reduced = new(2 * memory.Pairs.Capacity);

    /// <summary>Sets the box.</summary>
    /// <param name="bounds">The box.</param>
    /// <param name="units">What its coordinates are divided by.</param>
    public void SetBounds(Box bounds, ReadOnlySpan<double> units)
    {
        for (int i = 0; i < _lower.Length; i++)
        {
            (_lower[i], _upper[i]) = (bounds.Lower(i) / units[i], bounds.Upper(i) / units[i]);
        }
    }

    /// <param name="x">The point of the model.</param>
    /// <param name="slope">The gradient there.</param>
    /// <param name="curving">M W^T (point - x).</param>
    /// <param name="point">The generalized Cauchy point; replaced.</param>
    /// <param name="held">Receives which unknowns that point has at a bound.</param>
    public void Improve(
        ReadOnlySpan<double> x, ReadOnlySpan<double> slope, ReadOnlySpan<double> curving, Span<double> point, Span<bool> held)
    {
        int free = ReducedGradient(x, slope, curving, point, held);
        if (free == 0 || !Solve(held))
        {
            return;
        }

        double fall = 0;
        for (int i = 0; i < x.Length; i++)
        {
            fall += slope[i] * (Clamp(i, point[i] + _step[i]) - x[i]);
        }

        double share = fall < 0 ? 1 : Reach(point);
        for (int i = 0; i < x.Length; i++)
        {
            point[i] = Clamp(i, point[i] + (share * _step[i]));
        }
    }

    private double Clamp(int i, double value) => Math.Min(Math.Max(value, _lower[i]), _upper[i]);

    /// <summary>r = g + theta (point - x) - W M W^T (point - x) on the free unknowns, 0 on the others; and W_F^T r.</summary>
    private int ReducedGradient(
        ReadOnlySpan<double> x, ReadOnlySpan<double> slope, ReadOnlySpan<double> curving, ReadOnlySpan<double> point, Span<bool> held)
    {
        Array.Clear(_gradient);
        memory.AddTimes(curving, _gradient);
        double theta = memory.Theta;
        int free = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double p = point[i];
            bool inside = _lower[i] < p && p < _upper[i];
            held[i] = !inside;
            free += inside ? 1 : 0;
            _gradient[i] = inside ? slope[i] + (theta * (p - x[i])) - _gradient[i] : 0;
        }

        memory.TransposedTimes(_gradient, _product);
        return free;
    }

    /// <summary>The step d on the free unknowns.</summary>
    private bool Solve(ReadOnlySpan<bool> held)
    {
        if (!Factor(held))
        {
            return false;
        }

        _reduced.Solve(_product.AsSpan(0, memory.Width));
        Array.Clear(_step);
        memory.AddTimes(_product, _step);
        double inverse = 1 / memory.Theta;
        for (int i = 0; i < _step.Length; i++)
        {
            _step[i] = held[i] ? 0 : -(_gradient[i] + (_step[i] * inverse)) * inverse;
        }

        return true;
    }

    /// <summary>Factors N.</summary>
    private bool Factor(ReadOnlySpan<bool> held)
    {
        _heldProducts.Update(held);
        PairProducts all = memory.Products;
        int count = memory.Count;
        double theta = memory.Theta;
        double inverse = 1 / theta;
        _reduced.Begin(2 * count);
        for (int j = 0; j < count; j++)
        {
            Span<double> row = _reduced.Row(j);
            Span<double> q = row[(count - j)..];
            int at = j * all.Stride;
            for (int i = 0; i < count - j; i++)
            {
                row[i] = (_heldProducts.ChangeChanges[at + j + i] - all.ChangeChanges[at + j + i]) * inverse;
            }

            row[0] -= memory.Pairs.Curvature(j);
            for (int i = 0; i < count; i++)
            {
                int across = (i * all.Stride) + j;
                q[i] = _heldProducts.StepChanges[across] - (i <= j ? all.StepChanges[across] : 0);
            }

            row = _reduced.Row(count + j);
            _heldProducts.StepSteps.AsSpan(at + j, row.Length).CopyTo(row);
            Vectors.Scale(theta, row);
        }

        return _reduced.TryFactor(count);
    }

    /// <summary>How much of the step stays inside the box.</summary>
    private double Reach(ReadOnlySpan<double> point)
    {
        double share = 1;
        for (int i = 0; i < point.Length; i++)
        {
            double d = _step[i];
            double way = d > 0 ? _upper[i] - point[i] : _lower[i] - point[i];
            share = d != 0 ? Math.Min(share, way / d) : share;
        }

        return share;
    }
}

using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The first local minimizer of the quadratic model g.s + s.B s / 2 along the projected gradient path P(x - t g), with the compact B of
/// <see cref="LimitedMemory"/> (Byrd, Lu, Nocedal, Zhu 1995, algorithm CP). The path bends where an unknown meets its bound; between two
/// bends the model is a parabola, whose coefficients f' and f'' are carried on from piece to piece.
/// </summary>
internal sealed class GeneralizedCauchyPoint(LimitedMemory memory, int unknowns)
{
    private readonly double[] _lower = new double[unknowns];
    private readonly double[] _upper = new double[unknowns];
    private readonly double[] _direction = new double[unknowns];
    private readonly double[] _times = new double[unknowns];
    private readonly int[] _order = new int[unknowns];
    private readonly double[] _p = new double[2 * memory.Pairs.Capacity];
    private readonly double[] _row = new double[2 * memory.Pairs.Capacity];
    private readonly double[] _middleP = new double[2 * memory.Pairs.Capacity];
    private readonly double[] _middleRow = new double[2 * memory.Pairs.Capacity];
    private readonly double[] _moved = new double[2 * memory.Pairs.Capacity];

    /// <summary>M W^T (point - x) of the last point.</summary>
    public double[] Curving { get; } = new double[2 * memory.Pairs.Capacity];

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

    /// <param name="x">Where the path starts, inside the box.</param>
    /// <param name="slope">The gradient there.</param>
    /// <param name="point">Receives the point.</param>
    public void Find(ReadOnlySpan<double> x, ReadOnlySpan<double> slope, Span<double> point)
    {
        int width = memory.Width;
        Span<double> p = _p.AsSpan(0, width);
        Span<double> middleP = _middleP.AsSpan(0, width);
        Span<double> moved = _moved.AsSpan(0, width);
        Span<double> curving = Curving.AsSpan(0, width);
        x.CopyTo(point);
        moved.Clear();
        curving.Clear();
        FindDirection(x, slope);
        double theta = memory.Theta;
        double squares = Vectors.Dot(_direction, _direction);
        memory.TransposedTimes(_direction, p);
        memory.Middle(p, middleP);
        double first = -squares;
        double second = (theta * squares) - Vectors.Dot(p, middleP);
        double least = 1e-15 * theta * squares;
        second = Math.Max(second, least);
        double time = 0;
        double length = -first / second;
        if (Leaves(x, length))
        {
            int count = FindBends(x);
            _times.AsSpan(0, count).Sort(_order.AsSpan(0, count));
            Span<double> row = _row.AsSpan(0, width);
            Span<double> middleRow = _middleRow.AsSpan(0, width);
            for (int k = 0; k < count && _times[k] - time <= length; k++)
            {
                double piece = _times[k] - time;
                int i = _order[k];
                double g = slope[i];
                point[i] = _direction[i] > 0 ? _upper[i] : _lower[i];
                _direction[i] = 0;
                Vectors.Add(piece, p, moved);
                Vectors.Add(piece, middleP, curving);
                memory.Row(i, row);
                memory.Middle(row, middleRow);
                first += (piece * second) + (g * g) + (theta * g * (point[i] - x[i])) - (g * Vectors.Dot(middleRow, moved));
                second += (-theta * g * g) - (2 * g * Vectors.Dot(middleRow, p)) - (g * g * Vectors.Dot(middleRow, row));
                second = Math.Max(second, least);
                Vectors.Add(g, row, p);
                Vectors.Add(g, middleRow, middleP);
                time = _times[k];
                length = -first / second;
            }
        }

        length = Math.Max(0, length);
        Vectors.Add(length, middleP, curving);
        for (int i = 0; i < x.Length; i++)
        {
            if (_direction[i] != 0)
            {
                point[i] = Math.Min(Math.Max(x[i] + ((time + length) * _direction[i]), _lower[i]), _upper[i]);
            }
        }
    }

    /// <summary>Unknowns that are at their bounds and would leave do not move.</summary>
    private void FindDirection(ReadOnlySpan<double> x, ReadOnlySpan<double> slope)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double g = slope[i];
            bool stays = g < 0 ? x[i] >= _upper[i] : x[i] <= _lower[i];
            _direction[i] = stays ? 0 : -g;
        }
    }

    /// <summary>Whether the path bends within this time.</summary>
    private bool Leaves(ReadOnlySpan<double> x, double time)
    {
        bool leaves = false;
        for (int i = 0; i < x.Length; i++)
        {
            double to = x[i] + (time * _direction[i]);
            leaves |= !(_lower[i] < to && to < _upper[i]) && _direction[i] != 0;
        }

        return leaves;
    }

    /// <summary>The times at which unknowns meet their bounds.</summary>
    private int FindBends(ReadOnlySpan<double> x)
    {
        int count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double d = _direction[i];
            double time = d > 0 ? (_upper[i] - x[i]) / d : d < 0 ? (_lower[i] - x[i]) / d : double.PositiveInfinity;
            if (double.IsFinite(time))
            {
                (_times[count], _order[count]) = (time, i);
                count++;
            }
        }

        return count;
    }
}

namespace Retrodict.Solvers;

/// <summary>
/// The first local minimiser of the quadratic model g.s + s.B s / 2 along the projected gradient path P(x - t g), with the compact B of
/// <see cref="LimitedMemory"/> (Byrd, Lu, Nocedal, Zhu 1995, algorithm CP). The path bends where an unknown meets its bound; between two bends the model is
/// a parabola, whose coefficients f' and f'' are carried on from piece to piece.
/// </summary>
internal sealed class GeneralizedCauchyPoint(Box bounds, LimitedMemory memory, int unknowns)
{
    private readonly double[] _direction = new double[unknowns];
    private readonly double[] _times = new double[unknowns];
    private readonly int[] _order = new int[unknowns];
    private readonly double[] _p = new double[memory.Width];
    private readonly double[] _row = new double[memory.Width];
    private readonly double[] _middle = new double[memory.Width];

    /// <summary>W^T (point - x) of the last point.</summary>
    public double[] Moved { get; } = new double[memory.Width];

    /// <param name="x">Where the path starts, inside the box.</param>
    /// <param name="slope">The gradient there.</param>
    /// <param name="point">Receives the point.</param>
    public void Find(ReadOnlySpan<double> x, ReadOnlySpan<double> slope, Span<double> point)
    {
        int count = FindBends(x, slope);
        x.CopyTo(point);
        Array.Clear(Moved);
        double theta = memory.Theta;
        double squares = Vectors.Dot(_direction, _direction);
        memory.TransposedTimes(_direction, _p);
        memory.Middle(_p, _middle);
        double first = -squares;
        double second = (theta * squares) - Vectors.Dot(_p, _middle);
        double least = 1e-15 * theta * squares;
        second = Math.Max(second, least);
        double time = 0;
        double length = -first / second;
        if (count > 0 && Least(_times.AsSpan(0, count)) <= length)
        {
            _times.AsSpan(0, count).Sort(_order.AsSpan(0, count));
            for (int k = 0; k < count && _times[k] - time <= length; k++)
            {
                double piece = _times[k] - time;
                int i = _order[k];
                double g = slope[i];
                point[i] = _direction[i] > 0 ? bounds.Upper(i) : bounds.Lower(i);
                _direction[i] = 0;
                Vectors.Add(piece, _p, Moved);
                memory.Row(i, _row);
                memory.Middle(_row, _middle);
                first += (piece * second) + (g * g) + (theta * g * (point[i] - x[i])) - (g * Vectors.Dot(_middle, Moved));
                second += (-theta * g * g) - (2 * g * Vectors.Dot(_middle, _p)) - (g * g * Vectors.Dot(_middle, _row));
                second = Math.Max(second, least);
                Vectors.Add(g, _row, _p);
                time = _times[k];
                length = -first / second;
            }
        }

        length = Math.Max(0, length);
        Vectors.Add(length, _p, Moved);
        for (int i = 0; i < x.Length; i++)
        {
            if (_direction[i] != 0)
            {
                point[i] = Math.Clamp(x[i] + ((time + length) * _direction[i]), bounds.Lower(i), bounds.Upper(i));
            }
        }
    }

    /// <summary>The times at which unknowns meet their bounds; those that are there and would leave do not move.</summary>
    private int FindBends(ReadOnlySpan<double> x, ReadOnlySpan<double> slope)
    {
        int count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double g = slope[i];
            double time = g < 0 ? (x[i] - bounds.Upper(i)) / g : g > 0 ? (x[i] - bounds.Lower(i)) / g : double.PositiveInfinity;
            _direction[i] = time > 0 ? -g : 0;
            if (time > 0 && double.IsFinite(time))
            {
                (_times[count], _order[count]) = (time, i);
                count++;
            }
        }

        return count;
    }

    private static double Least(ReadOnlySpan<double> values)
    {
        double least = values[0];
        foreach (double value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }
}

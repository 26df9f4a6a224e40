namespace Retrodict.Solvers;

/// <summary>
/// Units for unknowns that make J's columns about equally long: x_i = w_i z_i with w_i a power of two near one over the length of column i,
/// so that methods that look at lengths and angles work in unknowns z in which each counts as much as it acts, whatever its unit, and no
/// bit is lost. Lengths are rounded to powers of two where their significands leave the widest gap, so that columns about as long as each
/// other get the same. An unknown without effect has the unit 1.
/// </summary>
internal sealed class UnknownScale(Objective objective)
{
    /// <summary>Up to so many unknowns lengths are computed exactly.</summary>
    private const int Few = 128;

    /// <summary>Units that differ by less are as good.</summary>
    private const int LargestDrift = 2;

    private readonly JacobianProducts _products = new(objective, Few);
    private readonly double[] _units = new double[objective.Unknowns];
    private readonly bool[] _isUnseen = new bool[objective.Unknowns];
    private readonly double[] _sorted = new double[objective.Unknowns];
    private double _cut;

    /// <summary>w.</summary>
    public ReadOnlySpan<double> Units => _units;

    /// <summary>Measures J's columns at a point.</summary>
    /// <returns>Whether they are finite.</returns>
    public bool Measure(Point point)
    {
        bool finite = _products.Linearize(point);
        _cut = finite ? WidestGap() : 0;
        for (int i = 0; i < _units.Length; i++)
        {
            _isUnseen[i] = _products.Diagonal[i] == 0;
            _units[i] = finite ? Math.ScaleB(1, -Exponent(i)) : 1;
        }

        return finite;
    }

    /// <summary>Whether an unknown that had no effect when its unit was chosen has a gradient now.</summary>
    public bool IsOutdated(ReadOnlySpan<double> gradient)
    {
        bool outdated = false;
        for (int i = 0; i < _isUnseen.Length; i++)
        {
            outdated |= _isUnseen[i] && gradient[i] != 0;
        }

        return outdated;
    }

    /// <summary>Whether other units would fit better here.</summary>
    public bool HasDrifted(Point point)
    {
        if (!_products.Linearize(point))
        {
            return false;
        }

        bool drifted = false;
        for (int i = 0; i < _units.Length; i++)
        {
            drifted |= _products.Diagonal[i] > 0
                && (_isUnseen[i] || Math.Abs(Exponent(i) + Math.ILogB(_units[i])) > LargestDrift);
        }

        return drifted;
    }

    /// <summary>z - z' of two points x and x'.</summary>
    public void Difference(ReadOnlySpan<double> x, ReadOnlySpan<double> other, Span<double> difference)
    {
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] = (x[i] - other[i]) / _units[i];
        }
    }

    /// <summary>x of z, in place.</summary>
    public void ToUnknowns(Span<double> z)
    {
        for (int i = 0; i < z.Length; i++)
        {
            z[i] *= _units[i];
        }
    }

    /// <summary>The exponent of the power of two that a column's length is rounded to, 0 for a column of zeros.</summary>
    private int Exponent(int i)
    {
        double square = _products.Diagonal[i];
        return square > 0 ? (Math.ILogB(square) >> 1) + (Significand(square) > _cut ? 1 : 0) : 0;
    }

    /// <summary>The square of a length without the powers of two in the length: from 1 to 4.</summary>
    private static double Significand(double square) => Math.ScaleB(square, -2 * (Math.ILogB(square) >> 1));

    /// <summary>The middle, by factors, of the widest gap between significands, those of the next power of two included.</summary>
    private double WidestGap()
    {
        int count = 0;
        foreach (double square in _products.Diagonal)
        {
            if (square > 0)
            {
                _sorted[count++] = Significand(square);
            }
        }

        if (count == 0)
        {
            return 0;
        }

        _sorted.AsSpan(0, count).Sort();
        (double widest, double cut) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            double next = i + 1 < count ? _sorted[i + 1] : 4 * _sorted[0];
            if (next / _sorted[i] > widest)
            {
                (widest, cut) = (next / _sorted[i], Math.Sqrt(next) * Math.Sqrt(_sorted[i]));
            }
        }

        // Beyond the end of the range the cut is before its beginning.
        return cut < 4 ? cut : 0.25 * cut;
    }
}

namespace Retrodict.Solvers;

/// <summary>
/// Units for unknowns that make J's columns about equally long: x_i = w_i z_i with w_i a power of two near one over the length of column i,
/// so that methods that look at lengths and angles work in unknowns z in which each counts as much as it acts, whatever its unit, and no
/// bit is lost. An unknown without effect has the unit 1.
/// </summary>
internal sealed class UnknownScale(Objective objective)
{
    /// <summary>Up to so many unknowns lengths are computed exactly.</summary>
    private const int Few = 16;

    /// <summary>Units that differ by less are as good.</summary>
    private const int LargestDrift = 2;

    private readonly JacobianProducts _products = new(objective, Few);
    private readonly double[] _units = new double[objective.Unknowns];
    private readonly bool[] _isUnseen = new bool[objective.Unknowns];

    /// <summary>w.</summary>
    public ReadOnlySpan<double> Units => _units;

    /// <summary>Measures J's columns at a point.</summary>
    /// <returns>Whether they are finite.</returns>
    public bool Measure(Point point)
    {
        bool finite = _products.Linearize(point);
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

    /// <summary>The exponent of the power of two next to a column's length, 0 for a column of zeros.</summary>
    private int Exponent(int i) => _products.Diagonal[i] > 0 ? (Math.ILogB(_products.Diagonal[i]) + 1) >> 1 : 0;
}

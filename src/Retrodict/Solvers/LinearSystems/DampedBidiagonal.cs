using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// min ‖A p - b‖² + damping ‖D p‖² for many dampings: A D^-1 = U [B; 0] V^T is factored once, and p = D^-1 V w with the minimizer
/// w of ‖B w - U^T b‖² + damping ‖w‖² (Eldén 1977). As V is orthogonal, ‖D p‖ = ‖w‖ needs no p.
/// </summary>
internal sealed class DampedBidiagonal(int rows, int unknowns)
{
    private readonly Bidiagonalization _factors = new(rows, unknowns);
    private readonly BidiagonalLeastSquares _damped = new(unknowns);
    private readonly double[] _inverse = new double[unknowns];
    private readonly double[] _right = new double[Math.Max(rows, unknowns)];
    private readonly double[] _solution = new double[unknowns];
    private int _count;

    /// <summary>Begins with a matrix whose rows <see cref="Row"/> takes before <see cref="Factor"/>.</summary>
    /// <param name="height">A's rows.</param>
    /// <param name="squares">The squares of D, for each column; where it is zero, A's column must be as well.</param>
    public void Begin(int height, ReadOnlySpan<double> squares)
    {
        _count = squares.Length;
        _factors.Begin(height, _count);
        for (int j = 0; j < _count; j++)
        {
            _inverse[j] = squares[j] > 0 ? 1 / Math.Sqrt(squares[j]) : 1;
        }
    }

    /// <summary>A row of A D^-1, to be written.</summary>
    public Span<double> Row(int row) => _factors.Row(row);

    /// <summary>The diagonal of D^-1.</summary>
    public ReadOnlySpan<double> Inverse => _inverse.AsSpan(0, _count);

    /// <summary>Factors A D^-1.</summary>
    public void Factor() => _factors.Factor();

    /// <summary>The sum of the squares of A D^-1.</summary>
    public double Squares => Vectors.Dot(_factors.Diagonal, _factors.Diagonal) + Vectors.Dot(_factors.Super, _factors.Super);

    /// <summary>Sets the damping.</summary>
    public void Damp(double damping) => _damped.Factor(_factors.Diagonal, _factors.Super, damping);

    /// <summary>c = U^T b.</summary>
    /// <param name="b">b, of A's rows.</param>
    /// <param name="c">As many elements as unknowns, at least.</param>
    public void Rotate(ReadOnlySpan<double> b, Span<double> c)
    {
        Span<double> right = _right.AsSpan(0, _factors.Height);
        right.Clear();
        b.CopyTo(right);
        _factors.ApplyLeftTransposed(right);
        right[.._count].CopyTo(c);
    }

    /// <summary>p, for c = U^T b.</summary>
    public void Solve(ReadOnlySpan<double> c, Span<double> p)
    {
        Span<double> solution = _solution.AsSpan(0, _count);
        _damped.Solve(c, solution);
        _factors.ApplyRight(solution);
        for (int j = 0; j < _count; j++)
        {
            p[j] = solution[j] * _inverse[j];
        }
    }

    /// <summary>‖D p‖, for c = U^T b, and its derivative by the damping, -w^T (B^T B + damping I)^-1 w / ‖w‖.</summary>
    public (double Length, double Slope) Length(ReadOnlySpan<double> c)
    {
        Span<double> solution = _solution.AsSpan(0, _count);
        _damped.Solve(c, solution);
        double length = Vectors.Norm(solution);
        return (length, -_damped.InverseForm(solution) / length);
    }

    /// <summary>v^T (A^T A + damping D²)^-1 v.</summary>
    public double InverseForm(ReadOnlySpan<double> v)
    {
        Span<double> scaled = _solution.AsSpan(0, _count);
        for (int j = 0; j < _count; j++)
        {
            scaled[j] = v[j] * _inverse[j];
        }

        _factors.ApplyRightTransposed(scaled);
        return _damped.InverseForm(scaled);
    }
}

using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// A = U [B; 0] V^T with B upper bidiagonal, by Householder reflections from both sides in turn (Golub and Kahan 1965, Calculating the
/// singular values and pseudo-inverse of a matrix; Golub and Van Loan, Matrix Computations, 4th ed., section 5.4.8). The reflections are
/// kept, row by row and padded with zeros to whole vectors, so that each is one product and one sum. A wide A is thought of with rows of
/// zeros below.
/// <para>Reflections are I - tau v v^T with v's first element 1. Squares that underflow count as zero: A should be of order one.</para>
/// </summary>
internal sealed class Bidiagonalization
{
    private readonly int _stride;
    private readonly int _tall;
    private readonly double[] _matrix;
    private readonly double[] _left;
    private readonly double[] _right;
    private readonly double[] _leftTau;
    private readonly double[] _rightTau;
    private readonly double[] _combination;
    private readonly double[] _diagonal;
    private readonly double[] _super;
    private int _rows;
    private int _columns;

    /// <param name="rows">The most rows of A.</param>
    /// <param name="columns">The most columns of A.</param>
    public Bidiagonalization(int rows, int columns)
    {
        // One vector more, so that the elements of a column do not compete for the same lines of the cache.
        _stride = Reflections.Padded(columns) + Reflections.Width;
        _tall = Reflections.Padded(Math.Max(rows, columns));
        _matrix = new double[Math.Max(rows, columns) * _stride];
        _left = new double[columns * _tall];
        _right = new double[columns * _stride];
        _leftTau = new double[columns];
        _rightTau = new double[columns];
        _combination = new double[_stride];
        _diagonal = new double[columns];
        _super = new double[columns];
    }

    /// <summary>B's diagonal.</summary>
    public ReadOnlySpan<double> Diagonal => _diagonal.AsSpan(0, _columns);

    /// <summary>The elements of B right of its diagonal; the last is zero.</summary>
    public ReadOnlySpan<double> Super => _super.AsSpan(0, _columns);

    /// <summary>The length of the vectors that U^T is applied to: the rows, or the columns if there are more of them.</summary>
    public int Height => Math.Max(_rows, _columns);

    /// <summary>Sets A's dimensions and clears it.</summary>
    public void Begin(int rows, int columns)
    {
        (_rows, _columns) = (rows, columns);
        _matrix.AsSpan(0, Height * _stride).Clear();
    }

    /// <summary>A row of A, to be written before <see cref="Factor"/>.</summary>
    public Span<double> Row(int row) => _matrix.AsSpan(row * _stride, _columns);

    /// <summary>Factors the matrix that has been written.</summary>
    public void Factor()
    {
        _left.AsSpan(0, _columns * _tall).Clear();
        _right.AsSpan(0, _columns * _stride).Clear();
        for (int k = 0; k < _columns; k++)
        {
            (_diagonal[k], _super[k], _leftTau[k], _rightTau[k]) = (0, 0, 0, 0);
            if (k >= _rows)
            {
                continue;
            }

            Span<double> left = Left(k);
            for (int i = k; i < _rows; i++)
            {
                left[i] = _matrix[(i * _stride) + k];
            }

            (_diagonal[k], _leftTau[k]) = Reflection(left[k.._rows]);
            if (k + 1 < _columns)
            {
                Eliminate(k);
            }
        }
    }

    /// <summary>b = U^T b; <see cref="Height"/> elements.</summary>
    public void ApplyLeftTransposed(Span<double> b)
    {
        for (int k = 0; k < _columns; k++)
        {
            Reflect(_leftTau[k], Left(k)[k..Height], b[k..Height]);
        }
    }

    /// <summary>x = V x.</summary>
    public void ApplyRight(Span<double> x)
    {
        for (int k = _columns - 2; k >= 0; k--)
        {
            Reflect(_rightTau[k], Right(k)[(k + 1).._columns], x[(k + 1).._columns]);
        }
    }

    /// <summary>x = V^T x.</summary>
    public void ApplyRightTransposed(Span<double> x)
    {
        for (int k = 0; k < _columns - 1; k++)
        {
            Reflect(_rightTau[k], Right(k)[(k + 1).._columns], x[(k + 1).._columns]);
        }
    }

    private Span<double> Left(int k) => _left.AsSpan(k * _tall, _tall);

    private Span<double> Right(int k) => _right.AsSpan(k * _stride, _stride);

    /// <summary>Reflects the columns from k + 1 on by column k's reflection, makes row k's and applies it to the rows below.</summary>
    private void Eliminate(int k)
    {
        // Whole vectors from the one with element k + 1 on; what stands before it in that vector is of no more use.
        int first = Reflections.Start(k + 1);
        int length = Reflections.Padded(_columns) - first;
        ReadOnlySpan<double> left = Left(k);
        Span<double> combination = _combination.AsSpan(first, length);
        Reflections.Combine(_leftTau[k], left[k.._rows], _matrix.AsSpan((k * _stride) + first), _stride, combination);
        Span<double> right = Right(k);
        for (int j = k + 1; j < _columns; j++)
        {
            right[j] = _matrix[(k * _stride) + j] - combination[j - first];
        }

        (_super[k], _rightTau[k]) = Reflection(right[(k + 1).._columns]);
        if (k + 1 < _rows)
        {
            Reflections.Update(
                left[(k + 1).._rows], combination, _rightTau[k], right.Slice(first,
                    length), _matrix.AsSpan(((k + 1) * _stride) + first), _stride);
        }
    }

    /// <summary>Makes the reflection of x onto its first element; x becomes v.</summary>
    /// <returns>What the first element becomes, and tau: 0, for no reflection, if the others are zero.</returns>
    private static (double Value, double Tau) Reflection(Span<double> x)
    {
        double head = x[0];
        double rest = Vectors.Dot(x[1..], x[1..]);
        x[0] = 1;
        if (rest == 0)
        {
            x[1..].Clear();
            return (head, 0);
        }

        double value = -Math.CopySign(Math.Sqrt((head * head) + rest), head);
        Vectors.Scale(1 / (head - value), x[1..]);
        return (value, (value - head) / value);
    }

    private static void Reflect(double tau, ReadOnlySpan<double> v, Span<double> x)
    {
        if (tau != 0)
        {
            Vectors.Add(-tau * Vectors.Dot(v, x), v, x);
        }
    }
}

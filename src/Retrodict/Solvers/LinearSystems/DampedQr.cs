using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// min ‖r + J p‖² + damping ‖D p‖² on the free unknowns by orthogonal factorizations, without squaring the condition. They are
/// made once a point and set of free unknowns. With damping it is <see cref="DampedBidiagonal"/>, of J or, where J is tall, of R from J P =
/// Q R (Chan 1982, An improved algorithm for computing the singular value decomposition). Without damping the columns are scaled to length
/// one and pivoted, and where J is rank deficient, p is the shortest of all minimizers in these scaled unknowns, so that no unit matters
/// (Golub and Van Loan, Matrix Computations, 4th ed., section 5.5).
/// </summary>
internal sealed class DampedQr
{
    /// <summary>Rows over columns from which on R is made first.</summary>
    private const double Tall = 5.0 / 3;

    private const double UnitRoundoff = 1.0 / (1L << 53);

    private readonly int _rows;
    private readonly int _unknowns;
    private readonly bool _cutsRank;
    private readonly double[] _scale;
    private readonly double[] _factor;
    private readonly double[] _tau;
    private readonly int[] _order;
    private readonly double[] _rotated;
    private readonly double[] _corrected;
    private readonly double[] _solution;
    private readonly double[] _workspace;
    private readonly int[] _free;
    private readonly Lazy<DampedBidiagonal> _bidiagonal;
    private int _count = -1;
    private int _rank;
    private bool _isFactored;
    private bool _isBidiagonal;
    private bool _hasCorrected;
    private bool _damped;
    private long _version;

    /// <param name="rows">J's rows.</param>
    /// <param name="unknowns">J's columns.</param>
    /// <param name="cutsRank">Whether directions in which J is zero to rounding are left out without damping. If not, every damping is
    /// larger by (u ‖J D^-1‖)² in Frobenius' norm, with the unit roundoff u: directions count as far as they stand out from the
    /// rounding of J's elements.</param>
    public DampedQr(int rows, int unknowns, bool cutsRank = true)
    {
        (_rows, _unknowns, _cutsRank) = (rows, unknowns, cutsRank);
        _scale = new double[unknowns];
        _factor = new double[rows * unknowns];
        _tau = new double[Math.Min(rows, unknowns)];
        _order = new int[unknowns];
        _rotated = new double[Math.Max(rows, unknowns)];
        _corrected = new double[Math.Max(rows, unknowns)];
        _solution = new double[unknowns];
        _free = new int[unknowns];
        _bidiagonal = new(() => new DampedBidiagonal(rows, unknowns));
        _workspace = new double[new[]
        {
            PivotedQr.FactorWorkspaceLength(rows, unknowns), PivotedQr.ApplyWorkspaceLength(rows, 1),
            PivotedQr.SolveWorkspaceLength(rows, unknowns, 1, minimumNorm: true),
        }.Max()];
    }

    private bool IsTall => _rows > Tall * _count;

    /// <summary>Whether a damping for this point and these unknowns needs no factorization any more.</summary>
    public bool HasFactors(DenseJacobian jacobian, ReadOnlySpan<int> free) => _isBidiagonal && IsCurrent(jacobian, free);

    /// <param name="jacobian">J at the current point.</param>
    /// <param name="free">The free unknowns, at least one.</param>
    /// <param name="damping">The damping, 0 for none.</param>
    /// <param name="scale">The squares of D.</param>
    public void Factor(DenseJacobian jacobian, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale)
    {
        if (!IsCurrent(jacobian, free))
        {
            (_version, _count) = (jacobian.Version, free.Length);
            (_isFactored, _isBidiagonal, _hasCorrected) = (false, false, false);
            free.CopyTo(_free);
        }

        _damped = damping > 0 || !_cutsRank;
        if (!_isFactored && (!_damped || IsTall))
        {
            FactorJacobian(jacobian, free);
        }

        if (_damped)
        {
            if (!_isBidiagonal)
            {
                Bidiagonalize(jacobian, free, scale);
            }

            // Once more by what rounding J's elements alone may add to it.
            _bidiagonal.Value.Damp(_cutsRank ? damping : damping + (UnitRoundoff * UnitRoundoff * _bidiagonal.Value.Squares));
        }
    }

    /// <summary>p for residuals r, with the last factors.</summary>
    public void Solve(ReadOnlySpan<double> residual, Span<double> step)
    {
        Span<double> solution = _solution.AsSpan(0, _count);
        if (_damped)
        {
            Rotate(residual, _rotated);
            Finish(_rotated, step);
            return;
        }

        Negate(residual, _rotated);
        PivotedQr.SolveLeastSquares(
            _factor.AsSpan(0, _rows * _count), _rows, _count, _tau.AsSpan(0, Math.Min(_rows, _count)), _order.AsSpan(0, _count), _rank,
            _rotated.AsSpan(0, _rows), solution, 1, _workspace, minimumNorm: true);
        for (int j = 0; j < _count; j++)
        {
            step[_free[j]] = solution[j] * _scale[j];
        }
    }

    /// <summary>‖D p‖ for the residuals r of the point and its derivative by the damping; NaN without damping.</summary>
    public (double Length, double Slope) Length(ReadOnlySpan<double> residual)
    {
        if (!_damped)
        {
            return (double.NaN, double.NaN);
        }

        if (!_hasCorrected)
        {
            Rotate(residual, _corrected);
            _hasCorrected = true;
        }

        return _bidiagonal.Value.Length(_corrected.AsSpan(0, _count));
    }

    /// <summary>v^T (J^T J + damping D²)^-1 v over the free unknowns, with the last factors: the squared length of R^-T v, with R of the
    /// stack.</summary>
    public double InverseForm(ReadOnlySpan<double> v)
    {
        Span<double> solution = _solution.AsSpan(0, _count);
        if (_damped)
        {
            for (int j = 0; j < _count; j++)
            {
                solution[j] = v[Unknown(j)];
            }

            return _bidiagonal.Value.InverseForm(solution);
        }

        double sum = 0;
        for (int i = 0; i < _rank; i++)
        {
            double element = v[_free[_order[i]]] * _scale[_order[i]];
            for (int k = 0; k < i; k++)
            {
                element -= _factor[(k * _count) + i] * solution[k];
            }

            solution[i] = element / _factor[(i * _count) + i];
            sum += solution[i] * solution[i];
        }

        return sum;
    }

    private bool IsCurrent(DenseJacobian jacobian, ReadOnlySpan<int> free) =>
        _version == jacobian.Version && free.SequenceEqual(_free.AsSpan(0, Math.Max(_count, 0)));

    /// <summary>The unknown of a column of the bidiagonal factorization.</summary>
    private int Unknown(int column) => _free[IsTall ? _order[column] : column];

    /// <summary>U^T Q^T (-r), or U^T (-r) where there is no Q.</summary>
    private void Rotate(ReadOnlySpan<double> residual, double[] rotated)
    {
        Negate(residual, rotated);
        int height = _rows;
        if (IsTall)
        {
            PivotedQr.ApplyTransposed(
                _factor.AsSpan(0, _rows * _count), _rows, _count, _tau.AsSpan(0, _count), rotated.AsSpan(0, _rows), 1, _workspace);
            height = _count;
        }

        _bidiagonal.Value.Rotate(rotated.AsSpan(0, height), rotated);
    }

    private void Finish(ReadOnlySpan<double> rotated, Span<double> step)
    {
        Span<double> solution = _solution.AsSpan(0, _count);
        _bidiagonal.Value.Solve(rotated[.._count], solution);
        for (int j = 0; j < _count; j++)
        {
            step[Unknown(j)] = solution[j];
        }
    }

    private static void Negate(ReadOnlySpan<double> residual, double[] negative)
    {
        for (int i = 0; i < residual.Length; i++)
        {
            negative[i] = -residual[i];
        }
    }

    private void Bidiagonalize(DenseJacobian jacobian, ReadOnlySpan<int> free, ReadOnlySpan<double> scale)
    {
        DampedBidiagonal bidiagonal = _bidiagonal.Value;
        Span<double> squares = _solution.AsSpan(0, _count);
        for (int j = 0; j < _count; j++)
        {
            squares[j] = scale[Unknown(j)];
        }

        int height = IsTall ? _count : _rows;
        bidiagonal.Begin(height, squares);
        ReadOnlySpan<double> inverse = bidiagonal.Inverse;
        for (int i = 0; i < height; i++)
        {
            Span<double> target = bidiagonal.Row(i);
            if (IsTall)
            {
                for (int j = i; j < _count; j++)
                {
                    target[j] = _factor[(i * _count) + j] / _scale[_order[j]] * inverse[j];
                }
            }
            else
            {
                ReadOnlySpan<double> row = jacobian.Values.AsSpan(i * _unknowns, _unknowns);
                for (int j = 0; j < _count; j++)
                {
                    target[j] = row[free[j]] * inverse[j];
                }
            }
        }

        bidiagonal.Factor();
        _isBidiagonal = true;
    }

    private void FactorJacobian(DenseJacobian jacobian, ReadOnlySpan<int> free)
    {
        for (int j = 0; j < free.Length; j++)
        {
            double squares = jacobian.Diagonal[free[j]];
            _scale[j] = squares > 0 ? 1 / Math.Sqrt(squares) : 1;
        }

        Span<double> matrix = _factor.AsSpan(0, _rows * free.Length);
        for (int i = 0; i < _rows; i++)
        {
            ReadOnlySpan<double> row = jacobian.Values.AsSpan(i * _unknowns, _unknowns);
            for (int j = 0; j < free.Length; j++)
            {
                matrix[(i * free.Length) + j] = row[free[j]] * _scale[j];
            }
        }

        _rank = PivotedQr.Factor(
            matrix, _rows, free.Length, _tau.AsSpan(0, Math.Min(_rows, free.Length)), _order.AsSpan(0, free.Length), _workspace);
        _isFactored = true;
    }
}

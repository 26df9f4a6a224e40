using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// Minimises the quadratic model with the compact B of <see cref="LimitedMemory"/> over the unknowns that the generalised Cauchy point leaves between their
/// bounds (Byrd, Lu, Nocedal, Zhu 1995, section 5.1): with r the model's gradient at that point, and F the free and A the other unknowns,
/// <code>
///   d = -r / theta - W_F v / theta²,   N v = W_F^T r,   N = M^-1 - W_F^T W_F / theta = [-P  Q^T; Q  R]
///   P = D + Y_F^T Y_F / theta,   Q = S_A^T Y_A - (S^T Y on and above the diagonal),   R = theta S_A^T S_A
/// </code>
/// by Cholesky factors of P = C C^T and of R + Q P^-1 Q^T. Only rows of A are multiplied. The minimiser is projected into the box; where that is no descent, the
/// way to it is cut at the first bound (Morales and Nocedal 2011, Remark on algorithm 778).
/// </summary>
internal sealed class SubspaceMinimizer
{
    private readonly Box _bounds;
    private readonly LimitedMemory _memory;
    private readonly double[] _gradient;
    private readonly double[] _step;
    private readonly bool[] _held;
    private readonly double[] _heldRows;
    private readonly double[] _heldGram;
    private readonly double[] _gramWorkspace;
    private readonly double[] _middle;
    private readonly double[] _product;
    private readonly double[] _p;
    private readonly double[] _q;
    private readonly double[] _schur;
    private readonly double[] _squareWorkspace;

    public SubspaceMinimizer(Box bounds, LimitedMemory memory, int unknowns)
    {
        (_bounds, _memory) = (bounds, memory);
        (int width, int capacity) = (memory.Width, memory.Capacity);
        _gradient = new double[unknowns];
        _step = new double[unknowns];
        _held = new bool[unknowns];
        _heldRows = new double[unknowns * width];
        _heldGram = new double[width * width];
        _gramWorkspace = new double[MatrixProducts.GramWorkspaceLength<double>(unknowns, width)];
        _middle = new double[width];
        _product = new double[width];
        _p = new double[capacity * capacity];
        _q = new double[capacity * capacity];
        _schur = new double[capacity * capacity];
        _squareWorkspace = new double[new[]
        {
            CholeskyFactorization.WorkspaceLength<double>(capacity), CholeskyFactorization.SolveWorkspaceLength<double>(capacity, 1),
            TriangularSolve.WorkspaceLength<double>(capacity, capacity), MatrixProducts.GramWorkspaceLength<double>(capacity, capacity),
        }.Max()];
    }

    /// <param name="x">The point of the model.</param>
    /// <param name="slope">The gradient there.</param>
    /// <param name="moved">W^T (point - x).</param>
    /// <param name="point">The generalised Cauchy point; replaced.</param>
    /// <param name="held">Receives which unknowns that point has at a bound.</param>
    public void Improve(ReadOnlySpan<double> x, ReadOnlySpan<double> slope, ReadOnlySpan<double> moved, Span<double> point, Span<bool> held)
    {
        int free = ReducedGradient(x, slope, moved, point);
        _held.CopyTo(held);
        if (free == 0 || !Solve(x.Length - free))
        {
            return;
        }

        double fall = 0;
        for (int i = 0; i < x.Length; i++)
        {
            fall += slope[i] * (Math.Clamp(point[i] + _step[i], _bounds.Lower(i), _bounds.Upper(i)) - x[i]);
        }

        double share = fall < 0 ? 1 : Reach(point);
        for (int i = 0; i < x.Length; i++)
        {
            point[i] = Math.Clamp(point[i] + (share * _step[i]), _bounds.Lower(i), _bounds.Upper(i));
        }
    }

    /// <summary>r = g + theta (point - x) - W M moved on the free unknowns, 0 on the others; and W_F^T r.</summary>
    private int ReducedGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> slope, ReadOnlySpan<double> moved, ReadOnlySpan<double> point)
    {
        _memory.Middle(moved, _middle);
        _memory.ScaleSteps(_middle);
        Array.Clear(_product);
        int width = _memory.Width;
        int free = 0;
        int heldCount = 0;
        for (int i = 0; i < x.Length; i++)
        {
            Span<double> row = _memory.Rows.AsSpan(i * width, width);
            _held[i] = !(_bounds.Lower(i) < point[i] && point[i] < _bounds.Upper(i));
            if (_held[i])
            {
                _gradient[i] = 0;
                row.CopyTo(_heldRows.AsSpan(heldCount++ * width));
                continue;
            }

            free++;
            _gradient[i] = slope[i] + (_memory.Theta * (point[i] - x[i])) - Vectors.Dot(row, _middle);
            Vectors.Add(_gradient[i], row, _product);
        }

        _memory.ScaleSteps(_product);
        return free;
    }

    /// <summary>The step d on the free unknowns.</summary>
    private bool Solve(int heldCount)
    {
        (int count, int capacity, int width) = (_memory.Count, _memory.Capacity, _memory.Width);
        if (!Factor(heldCount))
        {
            return false;
        }

        // N [a; b] = [u; v]: (R + Q P^-1 Q^T) b = v + Q P^-1 u, then P a = Q^T b - u.
        Span<double> a = _product.AsSpan(0, count);
        Span<double> b = _product.AsSpan(capacity, count);
        if (count > 0)
        {
            TriangularSolve.Lower<double>(_p.AsSpan(0, count * count), count, a, 1, _squareWorkspace);
            for (int i = 0; i < count; i++)
            {
                Vectors.Add(a[i], _q.AsSpan(i * count, count), b);
            }

            CholeskyFactorization.Solve<double>(_schur.AsSpan(0, count * count), count, b, 1, _squareWorkspace);
            for (int i = 0; i < count; i++)
            {
                a[i] = Vectors.Dot(_q.AsSpan(i * count, count), b) - a[i];
            }

            TriangularSolve.Lower<double>(_p.AsSpan(0, count * count), count, a, 1, _squareWorkspace, transposed: true);
        }

        _memory.ScaleSteps(_product);
        double theta = _memory.Theta;
        for (int i = 0; i < _step.Length; i++)
        {
            _step[i] = _held[i] ? 0 : -(_gradient[i] + (Vectors.Dot(_memory.Rows.AsSpan(i * width, width), _product) / theta)) / theta;
        }

        return true;
    }

    /// <summary>Factors P = C C^T, replaces Q by C^-1 Q^T, and factors R + Q P^-1 Q^T.</summary>
    private bool Factor(int heldCount)
    {
        (int count, int capacity, int width) = (_memory.Count, _memory.Capacity, _memory.Width);
        if (count == 0)
        {
            return true;
        }

        double theta = _memory.Theta;
        MatrixProducts.Gram<double>(_heldRows.AsSpan(0, heldCount * width), heldCount, width, _heldGram, _gramWorkspace);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                _p[(i * count) + j] = ((_memory.Gram[(i * width) + j] - _heldGram[(i * width) + j]) / theta) + (i == j ? _memory.StepChange(i, i) : 0);
                _q[(j * count) + i] = _heldGram[((capacity + i) * width) + j] - (i <= j ? _memory.StepChange(i, j) : 0);
            }
        }

        Span<double> p = _p.AsSpan(0, count * count);
        Span<double> q = _q.AsSpan(0, count * count);
        Span<double> schur = _schur.AsSpan(0, count * count);
        if (!CholeskyFactorization.TryFactor(p, count, _squareWorkspace))
        {
            return false;
        }

        TriangularSolve.Lower<double>(p, count, q, count, _squareWorkspace);
        MatrixProducts.Gram<double>(q, count, count, schur, _squareWorkspace);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                schur[(i * count) + j] += theta * _heldGram[((capacity + i) * width) + capacity + j];
            }
        }

        return CholeskyFactorization.TryFactor(schur, count, _squareWorkspace);
    }

    /// <summary>How much of the step stays inside the box.</summary>
    private double Reach(ReadOnlySpan<double> point)
    {
        double share = 1;
        for (int i = 0; i < point.Length; i++)
        {
            double d = _step[i];
            double way = d > 0 ? _bounds.Upper(i) - point[i] : _bounds.Lower(i) - point[i];
            share = d != 0 ? Math.Min(share, way / d) : share;
        }

        return share;
    }
}

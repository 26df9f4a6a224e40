using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// min ‖r + J p‖² + damping ‖D p‖² on the free unknowns by QR, without squaring the condition. J P = Q R is factored once a point and set of free
/// unknowns; each damping then needs the QR factorisation of the stack [R; sqrt(damping) D P] alone (Moré 1978, The Levenberg-Marquardt algorithm, section 3).
/// Columns are scaled to length one first. Without damping, and where J is rank deficient, p is the shortest of all minimisers in these scaled unknowns, so
/// that no unit matters (Golub and Van Loan, Matrix Computations, 4th ed., section 5.5).
/// </summary>
internal sealed class DampedQr
{
    private readonly int _rows;
    private readonly int _unknowns;
    private readonly double[] _scale;
    private readonly double[] _factor;
    private readonly double[] _tau;
    private readonly int[] _order;
    private readonly double[] _stack;
    private readonly double[] _stackTau;
    private readonly int[] _stackOrder;
    private readonly double[] _rotated;
    private readonly double[] _right;
    private readonly double[] _solution;
    private readonly double[] _workspace;
    private readonly int[] _free;
    private int _count = -1;
    private int _rank;
    private int _ownRank;
    private bool _damped;
    private long _version;

    public DampedQr(int rows, int unknowns)
    {
        (_rows, _unknowns) = (rows, unknowns);
        int stacked = Math.Min(rows, unknowns) + unknowns;
        _scale = new double[unknowns];
        _factor = new double[rows * unknowns];
        _tau = new double[Math.Min(rows, unknowns)];
        _order = new int[unknowns];
        _stack = new double[stacked * unknowns];
        _stackTau = new double[unknowns];
        _stackOrder = new int[unknowns];
        _rotated = new double[rows];
        _right = new double[stacked];
        _solution = new double[unknowns];
        _free = new int[unknowns];
        _workspace = new double[new[]
        {
            PivotedQr.FactorWorkspaceLength(rows, unknowns), PivotedQr.FactorWorkspaceLength(stacked, unknowns), PivotedQr.ApplyWorkspaceLength(rows, 1),
            PivotedQr.SolveWorkspaceLength(stacked, unknowns, 1), PivotedQr.SolveWorkspaceLength(rows, unknowns, 1, minimumNorm: true),
        }.Max()];
    }

    /// <param name="jacobian">J at the current point.</param>
    /// <param name="free">The free unknowns, at least one.</param>
    /// <param name="damping">The damping, 0 for none.</param>
    /// <param name="scale">The squares of D.</param>
    public void Factor(DenseJacobian jacobian, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale)
    {
        if (_version != jacobian.Version || !free.SequenceEqual(_free.AsSpan(0, Math.Max(_count, 0))))
        {
            FactorJacobian(jacobian, free);
        }

        _damped = damping > 0;
        if (!_damped)
        {
            return;
        }

        int count = free.Length;
        int top = Math.Min(_rows, count);
        Span<double> stack = _stack.AsSpan(0, (top + count) * count);
        stack.Clear();
        for (int i = 0; i < top; i++)
        {
            _factor.AsSpan((i * count) + i, count - i).CopyTo(stack[((i * count) + i)..]);
        }

        for (int j = 0; j < count; j++)
        {
            stack[((top + j) * count) + j] = Math.Sqrt(damping * scale[free[_order[j]]]) * _scale[_order[j]];
        }

        _rank = PivotedQr.Factor(stack, top + count, count, _stackTau.AsSpan(0, count), _stackOrder.AsSpan(0, count), _workspace);
    }

    /// <summary>p for residuals r, with the last factors.</summary>
    public void Solve(ReadOnlySpan<double> residual, Span<double> step)
    {
        int count = _count;
        int top = Math.Min(_rows, count);
        for (int i = 0; i < _rows; i++)
        {
            _rotated[i] = -residual[i];
        }

        if (!_damped)
        {
            Span<double> shortest = _solution.AsSpan(0, count);
            PivotedQr.SolveLeastSquares(
                _factor.AsSpan(0, _rows * count), _rows, count, _tau.AsSpan(0, top), _order.AsSpan(0, count), _ownRank, _rotated, shortest, 1, _workspace, minimumNorm: true);
            for (int j = 0; j < count; j++)
            {
                step[_free[j]] = shortest[j] * _scale[j];
            }

            return;
        }

        PivotedQr.ApplyTransposed(_factor.AsSpan(0, _rows * count), _rows, count, _tau.AsSpan(0, top), _rotated, 1, _workspace);
        Span<double> right = _right.AsSpan(0, top + count);
        _rotated.AsSpan(0, top).CopyTo(right);
        right[top..].Clear();
        Span<double> solution = _solution.AsSpan(0, count);
        PivotedQr.SolveLeastSquares(
            _stack.AsSpan(0, (top + count) * count), top + count, count, _stackTau.AsSpan(0, count), _stackOrder.AsSpan(0, count), _rank, right, solution, 1, _workspace);
        for (int j = 0; j < count; j++)
        {
            step[_free[_order[j]]] = solution[j] * _scale[_order[j]];
        }
    }

    /// <summary>v^T (J^T J + damping D²)^-1 v over the free unknowns, with the last factors: the squared length of R^-T v, with R of the stack.</summary>
    public double InverseForm(ReadOnlySpan<double> v)
    {
        int count = _count;
        (double[] triangle, int rank) = _damped ? (_stack, _rank) : (_factor, _ownRank);
        Span<double> solution = _solution.AsSpan(0, count);
        double sum = 0;
        for (int i = 0; i < rank; i++)
        {
            int column = _damped ? _order[_stackOrder[i]] : _order[i];
            double element = v[_free[column]] * _scale[column];
            for (int k = 0; k < i; k++)
            {
                element -= triangle[(k * count) + i] * solution[k];
            }

            solution[i] = element / triangle[(i * count) + i];
            sum += solution[i] * solution[i];
        }

        return sum;
    }

    private void FactorJacobian(DenseJacobian jacobian, ReadOnlySpan<int> free)
    {
        (_version, _count) = (jacobian.Version, free.Length);
        free.CopyTo(_free);
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

        _ownRank = PivotedQr.Factor(matrix, _rows, free.Length, _tau.AsSpan(0, Math.Min(_rows, free.Length)), _order.AsSpan(0, free.Length), _workspace);
    }
}

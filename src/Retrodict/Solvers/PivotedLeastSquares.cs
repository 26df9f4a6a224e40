using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>The minimiser of ‖r + J p‖ over some of the unknowns, by QR with column pivoting of J with its columns scaled to length one: of several, the
/// shortest in the scaled unknowns ‖J_i‖ p_i.</summary>
internal sealed class PivotedLeastSquares(int rows, int columns)
{
    private readonly double[] _matrix = new double[rows * columns];
    private readonly double[] _scale = new double[columns];
    private readonly double[] _tau = new double[Math.Min(rows, columns)];
    private readonly int[] _permutation = new int[columns];
    private readonly double[] _right = new double[rows];
    private readonly double[] _solution = new double[columns];
    private readonly double[] _workspace = new double[Math.Max(
        PivotedQr.FactorWorkspaceLength(rows, columns),
        Math.Max(PivotedQr.ApplyWorkspaceLength(rows, 1), PivotedQr.SolveWorkspaceLength(rows, columns, 1, minimumNorm: true)))];

    public void Solve(ReadOnlySpan<double> jacobian, int m, int n, ReadOnlySpan<int> free, ReadOnlySpan<double> residual, Span<double> step)
    {
        int count = free.Length;
        if (count == 0)
        {
            return;
        }

        for (int j = 0; j < count; j++)
        {
            double squares = 0;
            for (int i = 0; i < m; i++)
            {
                squares += jacobian[(i * n) + free[j]] * jacobian[(i * n) + free[j]];
            }

            _scale[j] = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
        }

        Span<double> matrix = _matrix.AsSpan(0, m * count);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < count; j++)
            {
                matrix[(i * count) + j] = jacobian[(i * n) + free[j]] * _scale[j];
            }

            _right[i] = -residual[i];
        }

        Span<double> tau = _tau.AsSpan(0, Math.Min(m, count));
        Span<int> permutation = _permutation.AsSpan(0, count);
        Span<double> solution = _solution.AsSpan(0, count);
        int rank = PivotedQr.Factor(matrix, m, count, tau, permutation, _workspace);
        PivotedQr.SolveLeastSquares(matrix, m, count, tau, permutation, rank, _right, solution, 1, _workspace, minimumNorm: true);
        for (int j = 0; j < count; j++)
        {
            step[free[j]] = solution[j] * _scale[j];
        }
    }
}

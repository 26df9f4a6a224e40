using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// The damped normal equations (J^T J + damping D²) p = -J^T r on the free unknowns by Cholesky, scaled to a unit diagonal. Their error
/// grows with the square of the condition number, which <see cref="TryFactor"/> watches.
/// </summary>
internal sealed class NormalEquations(int unknowns)
{
    private readonly double[] _matrix = new double[unknowns * unknowns];
    private readonly double[] _scale = new double[unknowns];
    private readonly double[] _right = new double[unknowns];
    private readonly double[] _workspace = new double[Math.Max(
        CholeskyFactorization.WorkspaceLength<double>(unknowns), CholeskyFactorization.SolveWorkspaceLength<double>(unknowns, 1))];

    /// <summary>Whether the last attempt to factor succeeded.</summary>
    public bool IsFactored { get; private set; }

    /// <summary>Factors the system.</summary>
    /// <param name="gram">J^T J, [unknowns, unknowns] row-major.</param>
    /// <param name="free">The free unknowns.</param>
    /// <param name="damping">The damping, 0 for none.</param>
    /// <param name="scale">The squares of D.</param>
    /// <param name="leastReciprocalCondition">Factors of worse condition are refused.</param>
    /// <returns>Whether the system has been factored.</returns>
    public bool TryFactor(
        ReadOnlySpan<double> gram, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale, double leastReciprocalCondition)
    {
        int n = unknowns;
        int count = free.Length;
        IsFactored = false;
        for (int i = 0; i < count; i++)
        {
            double diagonal = gram[(free[i] * n) + free[i]] + (damping == 0 ? 0 : damping * scale[free[i]]);

            // An unknown without any effect stays where it is.
            _scale[i] = diagonal == 0 ? 1 : 1 / Math.Sqrt(diagonal);
            if (!double.IsFinite(_scale[i]))
            {
                return false;
            }
        }

        Span<double> matrix = _matrix.AsSpan(0, count * count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = gram.Slice(free[i] * n, n);
            Span<double> target = matrix.Slice(i * count, i + 1);
            for (int j = 0; j < i; j++)
            {
                target[j] = row[free[j]] * _scale[i] * _scale[j];
            }

            target[i] = 1;
        }

        IsFactored = CholeskyFactorization.TryFactor(matrix, count, _workspace)
            && CholeskyFactorization.ReciprocalConditionFromDiagonal<double>(matrix, count) > leastReciprocalCondition;
        return IsFactored;
    }

    /// <summary>v^T (J^T J + damping D²)^-1 v over the free unknowns, with the last factors: the squared length of L^-1 v.</summary>
    public double InverseForm(ReadOnlySpan<int> free, ReadOnlySpan<double> v)
    {
        int count = free.Length;
        Span<double> right = _right.AsSpan(0, count);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = _matrix.AsSpan(i * count, count);
            double element = v[free[i]] * _scale[i];
            for (int j = 0; j < i; j++)
            {
                element -= row[j] * right[j];
            }

            right[i] = element / row[i];
            sum += right[i] * right[i];
        }

        return sum;
    }

    /// <summary>p for a gradient J^T r, with the last factors.</summary>
    public void Solve(ReadOnlySpan<int> free, ReadOnlySpan<double> gradient, Span<double> step)
    {
        int count = free.Length;
        Span<double> right = _right.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            right[i] = -gradient[free[i]] * _scale[i];
        }

        CholeskyFactorization.Solve<double>(_matrix.AsSpan(0, count * count), count, right, 1, _workspace);
        for (int i = 0; i < count; i++)
        {
            step[free[i]] = right[i] * _scale[i];
        }
    }
}

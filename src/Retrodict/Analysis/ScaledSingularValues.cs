using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Numerics;

// J D^-1 = U diag(sigma) V', with D the lengths of J's columns: scaling to columns of length one comes within a factor sqrt(n) of the best
// condition that any column scaling reaches (A. van der Sluis, "Condition numbers and equilibration of matrices", Numer. Math. 14, 1969),
// and makes the rank independent of the units of the unknowns. With p singular values above the tolerance,
//     (J'J)^-1 = D^-1 V_p diag(sigma_p^-2) V_p' D^-1
// for all unknowns that are orthogonal to the null space, the last columns of V: what is estimable has the same covariance for every
// generalized inverse (C. R. Rao, "Linear Statistical Inference and Its Applications", 2nd ed., section 4a). J'J itself is never formed.


namespace Retrodict.Analysis;

/// <summary>The singular values of a matrix with its columns scaled to length one, its rank, and which columns the rank leaves
/// undetermined.</summary>
internal sealed class ScaledSingularValues
{
    private ScaledSingularValues(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        Scale = new double[columns];
        Left = new double[rows * columns];
        Values = new double[columns];
        Right = new double[columns * columns];
        Undetermined = new bool[columns];
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>D, the lengths of the columns; 1 for zeros.</summary>
    public double[] Scale { get; }

    /// <summary>U, [rows, columns]; columns beyond the rank are not to be used.</summary>
    public double[] Left { get; }

    /// <summary>Sigma, descending: as many as columns, zeros where there are fewer rows.</summary>
    public double[] Values { get; }

    /// <summary>V, [columns, columns], orthogonal.</summary>
    public double[] Right { get; }

    public int Rank { get; private set; }

    /// <summary>The largest over the smallest singular value; infinite where the rank is not full.</summary>
    public double Condition =>
        Columns == 0 ? 1 : Rank < Columns ? (IsFinite ? double.PositiveInfinity : double.NaN) : Values[0] / Values[^1];

    /// <summary>False where the matrix has an infinity or NaN; nothing else then means anything.</summary>
    public bool IsFinite { get; private set; }

    /// <summary>Which columns have a part in the null space.</summary>
    public bool[] Undetermined { get; }

    /// <param name="matrix">J, [rows, columns] row-major.</param>
    /// <param name="rows">Rows of J.</param>
    /// <param name="columns">Columns of J.</param>
    /// <param name="tolerance">Singular values up to this times the largest count as zero.</param>
    public static ScaledSingularValues Of(ReadOnlySpan<double> matrix, int rows, int columns, double tolerance)
    {
        var result = new ScaledSingularValues(rows, columns);

        // Rows of zeros change no singular value, and make V square.
        int padded = Math.Max(rows, columns);
        var scaled = new double[padded * columns];
        for (int j = 0; j < columns; j++)
        {
            double length = Matrix.ColumnLength(matrix, rows, columns, j);
            result.Scale[j] = length == 0 ? 1 : length;
            for (int i = 0; i < rows; i++)
            {
                scaled[(i * columns) + j] = matrix[(i * columns) + j] / result.Scale[j];
            }
        }

        var left = new double[padded * columns];
        result.IsFinite = SingularValues.TryDecompose(
            scaled, padded, columns, left, result.Values, result.Right, new double[SingularValues.WorkspaceLength(padded, columns)]);
        if (!result.IsFinite)
        {
            Array.Fill(result.Values, double.NaN);
            return result;
        }

        left.AsSpan(0, rows * columns).CopyTo(result.Left);
        while (result.Rank < columns && result.Values[result.Rank] > tolerance * result.Values[0])
        {
            result.Rank++;
        }

        result.FindUndetermined(tolerance);
        return result;
    }

    /// <summary>(J'J)^-1, [columns, columns]: infinite variances and covariances of NaN for undetermined columns, NaN throughout where J is
    /// not finite.</summary>
    public double[] InverseGram()
    {
        int n = Columns;
        var factor = new double[n * Rank];
        for (int i = 0; i < n; i++)
        {
            for (int p = 0; p < Rank; p++)
            {
                factor[(i * Rank) + p] = Right[(i * n) + p] / Values[p] / Scale[i];
            }
        }

        var inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double entry = !IsFinite || ((Undetermined[i] || Undetermined[j]) && i != j) ? double.NaN
                    : Undetermined[i] ? double.PositiveInfinity
                    : Matrix.Dot(factor.AsSpan(i * Rank, Rank), factor.AsSpan(j * Rank, Rank));
                inverse[(i * n) + j] = entry;
                inverse[(j * n) + i] = entry;
            }
        }

        return inverse;
    }

    /// <summary>The null space is known to the tolerance over the gap that separates it; in doubt, a column counts as
    /// undetermined.</summary>
    private void FindUndetermined(double tolerance)
    {
        double known = Rank == 0 ? 0 : Math.Min(1e-6, 10 * tolerance * Values[0] / Values[Rank - 1]);
        for (int j = 0; j < Columns; j++)
        {
            ReadOnlySpan<double> part = Right.AsSpan((j * Columns) + Rank, Columns - Rank);
            Undetermined[j] = Math.Sqrt(Matrix.Dot(part, part)) > known;
        }
    }
}

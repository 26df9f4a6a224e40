using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>Solves with banded and block-tridiagonal matrices.</content>
public sealed partial class Value
{
    /// <summary>Product of a band matrix and a vector or the columns of a matrix.</summary>
    /// <param name="diagonals">The matrix A by its diagonals, [..., lower + upper + 1, n], the highest first: row r holds a_{j+r-upper, j}
    /// at position j (LAPACK's band storage). Elements outside A are not read.</param>
    /// <param name="lower">Diagonals below the main one.</param>
    /// <param name="upper">Diagonals above the main one.</param>
    /// <param name="right">X, [..., n, columns], or [n].</param>
    /// <returns>A X, of the right side's shape.</returns>
    public static Value MultiplyBanded(Value diagonals, int lower, int upper, Value right)
    {
        RequireBandwidth("banded product", diagonals, lower, upper);
        return SolveColumns(diagonals, right, (a, x) => Emit(new BandedProduct(upper, IsTransposed: false), a, x));
    }

    /// <summary>
    /// Solves A X = B for a symmetric positive definite band matrix by Cholesky factorization within the band: n bandwidth² operations.
    /// The factor is shared with derivatives of any order.
    /// </summary>
    /// <param name="diagonals">The lower diagonals of A, [..., bandwidth + 1, n], the main one first: row d holds a_{j+d, j} at position j
    /// (LAPACK's lower band storage). The last d elements of row d lie outside A and are not read. Derivatives see each element below the
    /// diagonal in both places.</param>
    /// <param name="right">B, [..., n, columns], or [n].</param>
    /// <returns>X, of the right side's shape; NaN where A is not positive definite.</returns>
    public static Value SolveBandedPositive(Value diagonals, Value right)
    {
        ArgumentNullException.ThrowIfNull(diagonals);
        RequireBandwidth("banded positive definite solve", diagonals, diagonals.Rank < 2 ? 0 : diagonals.Shape[-2] - 1, 0);
        Value factor = Emit(BandedCholesky.Instance, StopGradient(diagonals));
        return SolveColumns(diagonals, right, (a, b) => Emit(BandedPositiveSolve.Instance, a, factor, b));
    }

    /// <summary>
    /// Solves A X = B for a general band matrix by LU factorization with partial pivoting within the band. The factors are shared with
    /// derivatives of any order and with transposed solves.
    /// </summary>
    /// <param name="diagonals">The matrix A by its diagonals, [..., lower + upper + 1, n], the highest first: row r holds a_{j+r-upper, j}
    /// at position j (LAPACK's band storage). Elements outside A are not read. A tridiagonal matrix has three rows: the upper diagonal (its
    /// first element unused), the main one, and the lower one (its last element unused).</param>
    /// <param name="lower">Diagonals below the main one.</param>
    /// <param name="upper">Diagonals above the main one.</param>
    /// <param name="right">B, [..., n, columns], or [n].</param>
    /// <returns>X, of the right side's shape; NaN where A is singular.</returns>
    public static Value SolveBanded(Value diagonals, int lower, int upper, Value right)
    {
        RequireBandwidth("banded solve", diagonals, lower, upper);
        Value[] factors = EmitAll(new BandedLu(lower, upper), StopGradient(diagonals));
        return SolveColumns(
            diagonals, right, (a, b) => Emit(new BandedSolve(lower, upper, IsTransposed: false), a, factors[0], factors[1], b));
    }

    /// <summary>
    /// Solves A X = B for a symmetric positive definite block-tridiagonal matrix by block Cholesky factorization. The factor is shared with
    /// derivatives of any order.
    /// </summary>
    /// <param name="diagonal">Blocks on the diagonal, [..., count, b, b]; their symmetric parts are used.</param>
    /// <param name="lower">Blocks below them, [..., count - 1, b, b]: block i stands in block row i + 1 and block column i. The blocks
    /// above are their transposes.</param>
    /// <param name="right">B, [..., count, b, columns], or [count, b].</param>
    /// <returns>X, of the right side's shape; NaN where A is not positive definite.</returns>
    public static Value SolveBlockTridiagonalPositive(Value diagonal, Value lower, Value right)
    {
        const string User = "block-tridiagonal positive definite solve";
        ArgumentNullException.ThrowIfNull(diagonal);
        ArgumentNullException.ThrowIfNull(lower);
        BlockTridiagonal.RequireBlocks(User, diagonal.Shape, lower.Shape);
        Value symmetric = Symmetrize(User, diagonal);
        Value[] factor = EmitAll(BlockCholesky.Instance, StopGradient(symmetric), StopGradient(lower));
        return SolveBlocks(symmetric, right, b => Emit(BlockPositiveSolve.Instance, symmetric, lower, factor[0], factor[1], b));
    }

    /// <summary>
    /// Solves A X = B for a general block-tridiagonal matrix by LU factorization with partial pivoting across block rows. The factors are
    /// shared with derivatives of any order and with transposed solves.
    /// </summary>
    /// <param name="diagonal">Blocks on the diagonal, [..., count, b, b].</param>
    /// <param name="lower">Blocks below them, [..., count - 1, b, b]: block i stands in block row i + 1 and block column i.</param>
    /// <param name="upper">Blocks above them, [..., count - 1, b, b]: block i stands in block row i and block column i + 1.</param>
    /// <param name="right">B, [..., count, b, columns], or [count, b].</param>
    /// <returns>X, of the right side's shape; NaN where A is singular.</returns>
    public static Value SolveBlockTridiagonal(Value diagonal, Value lower, Value upper, Value right)
    {
        ArgumentNullException.ThrowIfNull(diagonal);
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        BlockTridiagonal.RequireBlocks("block-tridiagonal solve", diagonal.Shape, lower.Shape, upper.Shape);
        Value[] factors = EmitAll(BlockLu.Instance, StopGradient(diagonal), StopGradient(lower), StopGradient(upper));
        return SolveBlocks(
            diagonal, right, b => Emit(new BlockSolve(IsTransposed: false), diagonal, lower, upper, factors[0], factors[1], factors[2], b));
    }

    private static Value SolveBlocks(Value diagonal, Value right, Func<Value, Value> solve)
    {
        ArgumentNullException.ThrowIfNull(right);
        return right.Rank == 2 && diagonal.Rank == 3
            ? solve(right.Reshape(Shape.Of([.. right.Shape.Lengths, 1]))).Reshape(right.Shape)
            : solve(right);
    }

    private static void RequireBandwidth(string user, Value diagonals, int lower, int upper)
    {
        ArgumentNullException.ThrowIfNull(diagonals);
        ArgumentOutOfRangeException.ThrowIfNegative(lower);
        ArgumentOutOfRangeException.ThrowIfNegative(upper);
        if (diagonals.Rank < 2 || diagonals.Shape[-2] != lower + upper + 1)
        {
            throw new ShapeException(
                $"{user}: a matrix of {lower} lower and {upper} upper diagonals is given as [..., {lower + upper + 1}, n], but the "
                + $"shape is {diagonals.Shape}.");
        }
    }
}

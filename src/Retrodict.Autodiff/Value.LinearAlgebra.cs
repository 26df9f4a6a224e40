using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>Products and linear solves.</content>
public sealed partial class Value
{
    /// <summary>
    /// Matrix product of vectors, matrices and stacks of matrices, by NumPy's rules for <c>matmul</c>: the last axis of the left is summed
    /// against the second to last of the right (or its only one), and leading axes must agree or be absent on one side.
    /// </summary>
    /// <param name="left">[..., m, k], or [k].</param>
    /// <param name="right">[..., k, n], or [k].</param>
    /// <returns>[..., m, n], without m or n where that operand is a vector.</returns>
    public static Value MatMul(Value left, Value right) => MatMul(left, right, hasStrongZeros: false);

    /// <summary>The matrix product of derivative rules, with strong zeros (see <see cref="Primitives.ChainMultiply"/>).</summary>
    internal static Value ChainMatMul(Value left, Value right) => MatMul(left, right, hasStrongZeros: true);

    private static Value MatMul(Value left, Value right, bool hasStrongZeros)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Rank == 0 || right.Rank == 0)
        {
            throw new ShapeException(
                $"matrix product: {left.Shape} and {right.Shape}; both operands need at least one axis (use * for a scalar factor).");
        }

        int leading = Math.Max(Math.Max(left.Rank, right.Rank) - 2, 0);
        const int K = -1, M = -2, N = -3;
        Indices leftLabels = Labels(left.Rank, leading, M, K);
        Indices rightLabels = right.Rank == 1 ? [K] : Labels(right.Rank, leading, K, N);
        var result = new List<int>(Enumerable.Range(0, leading));
        if (left.Rank > 1)
        {
            result.Add(M);
        }

        if (right.Rank > 1)
        {
            result.Add(N);
        }

        return Contract.Emit(
            "matrix product", left, leftLabels, right, rightLabels, Indices.Of(result.ToArray()), hasStrongZeros);

        static Indices Labels(int rank, int leading, int row, int column) =>
            rank == 1 ? [column] : Indices.Generate(rank, i => i == rank - 1 ? column : i == rank - 2 ? row : i + leading - (rank - 2));
    }

    /// <summary>
    /// General contraction in Einstein notation, for instance <c>Einsum("bi,oi->bo", x, w)</c>: letters shared by both operands and absent
    /// from the result are summed; every letter of the result stands in an operand, and a letter of one operand alone must stand in the
    /// result.
    /// </summary>
    /// <param name="expression">Two operands and a result, one letter an axis.</param>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    public static Value Einsum(string expression, Value left, Value right)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        string[] sides = expression.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] operands = sides[0].Split(',');
        if (sides.Length != 2 || operands.Length != 2 || !(sides[1] + operands[0] + operands[1]).All(char.IsAsciiLetter))
        {
            throw new ArgumentException($"einsum: '{expression}' is not of the form 'ij,jk->ik'.", nameof(expression));
        }

        return Contract.Emit($"einsum '{expression}'", left, Letters(operands[0]), right, Letters(operands[1]), Letters(sides[1]));

        static Indices Letters(string letters) => Indices.Generate(letters.Length, i => letters[i]);
    }

    /// <summary>Inner product of two tensors of one shape.</summary>
    /// <param name="left">One tensor.</param>
    /// <param name="right">The other.</param>
    public static Value Dot(Value left, Value right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Shape != right.Shape)
        {
            throw new ShapeException($"dot: the shapes {left.Shape} and {right.Shape} differ.");
        }

        return Einsum("i,i->", left.Flatten(), right.Flatten());
    }

    /// <summary>Cholesky factor: lower triangular L with L L^T = A.</summary>
    /// <param name="matrix">A, [..., n, n]; its symmetric part (A + A^T) / 2 is factored.</param>
    /// <returns>[..., n, n], zeros above the diagonal; all NaN where A is not positive definite.</returns>
    public static Value Cholesky(Value matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Emit(Primitives.Cholesky.Instance, Symmetrize("cholesky", matrix));
    }

    /// <summary>Solves a triangular system, L X = B or L^T X = B.</summary>
    /// <param name="factor">[..., n, n]; only the named triangle is read.</param>
    /// <param name="right">[..., n, columns], or [n].</param>
    /// <param name="lower">Whether the matrix is lower triangular.</param>
    /// <param name="transposed">Whether the transposed system is solved.</param>
    /// <returns>X, of the right side's shape.</returns>
    public static Value SolveTriangular(Value factor, Value right, bool lower = true, bool transposed = false)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return SolveColumns(factor, right, (f, r) => Emit(new Substitution(lower, transposed), f, r));
    }

    /// <summary>
    /// Solves A X = B for a symmetric positive definite A by Cholesky factorization. The factor is shared with derivatives of any order.
    /// </summary>
    /// <param name="matrix">A, [..., n, n]; its symmetric part is used.</param>
    /// <param name="right">[..., n, columns], or [n].</param>
    /// <returns>X, of the right side's shape; NaN where A is not positive definite.</returns>
    public static Value SolvePositiveDefinite(Value matrix, Value right)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Value symmetric = Symmetrize("positive definite solve", matrix);
        Value factor = Emit(Primitives.Cholesky.Instance, StopGradient(symmetric));
        return SolveColumns(symmetric, right, (a, r) => Emit(PositiveSolve.Instance, a, factor, r));
    }

    /// <summary>
    /// Solves A X = B for a general square A by LU factorization with partial pivoting. The factors are shared with derivatives of any
    /// order and with transposed solves.
    /// </summary>
    /// <param name="matrix">A, [..., n, n].</param>
    /// <param name="right">[..., n, columns], or [n].</param>
    /// <returns>X, of the right side's shape; NaN where A is singular.</returns>
    public static Value Solve(Value matrix, Value right) => Solve(matrix, right, hasStrongZeros: false);

    /// <summary>The solve of derivative rules, with strong zeros (see <see cref="SharedSolve"/>).</summary>
    internal static Value ChainSolve(Value matrix, Value right) => Solve(matrix, right, hasStrongZeros: true);

    private static Value Solve(Value matrix, Value right, bool hasStrongZeros)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Value[] factors = EmitAll(Lu.Instance, StopGradient(matrix));
        var solve = new LuSolve(IsTransposed: false) { HasStrongZeros = hasStrongZeros };
        return SolveColumns(matrix, right, (a, r) => Emit(solve, a, factors[0], factors[1], r));
    }

    /// <summary>Determinant.</summary>
    /// <param name="matrix">A, [..., n, n].</param>
    /// <returns>det A, [...]; 0 where A is exactly singular, and derivatives are NaN there.</returns>
    public static Value Determinant(Value matrix) => EmitDeterminant(matrix, logarithm: false);

    /// <summary>Logarithm of the determinant's size, which does not overflow.</summary>
    /// <param name="matrix">A, [..., n, n].</param>
    /// <returns>log |det A|, [...]; -infinity where A is exactly singular, and derivatives are NaN there.</returns>
    public static Value LogAbsDeterminant(Value matrix) => EmitDeterminant(matrix, logarithm: true);

    /// <summary>
    /// The X that minimizes |A X - B|, by QR factorization with column pivoting. The factors are shared with derivatives of any order.
    /// </summary>
    /// <param name="matrix">A, [..., m, n] with m &gt;= n.</param>
    /// <param name="right">B, [..., m, columns], or [m].</param>
    /// <returns>X, [..., n, columns], or [n]; NaN where A is not of full column rank to rounding.</returns>
    public static Value LeastSquares(Value matrix, Value right)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(right);
        if (matrix.Rank < 2 || matrix.Shape[-2] < matrix.Shape[-1])
        {
            throw new ShapeException(
                $"least squares: the matrix is [..., m, n] with at least as many rows as columns, but its shape is {matrix.Shape}.");
        }

        Value[] factors = EmitAll(Qr.Instance, StopGradient(matrix));
        bool isVector = right.Rank == 1 && matrix.Rank == 2;
        Value columns = isVector ? right.Reshape(Shape.Of([right.Shape[0], 1])) : right;
        Value solution = Emit(new LeastSquaresSolve(LeastSquaresForm.Solution), matrix, factors[0], factors[1], factors[2], columns);
        return isVector ? solution.Flatten() : solution;
    }

    private static Value EmitDeterminant(Value matrix, bool logarithm)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Value[] factors = EmitAll(Lu.Instance, StopGradient(matrix));
        return Emit(new Determinant(logarithm), matrix, factors[0], factors[1]);
    }

    private static Value SolveColumns(Value matrix, Value right, Func<Value, Value, Value> solve)
    {
        ArgumentNullException.ThrowIfNull(right);
        return right.Rank == 1 && matrix.Rank == 2
            ? solve(matrix, right.Reshape(Shape.Of([right.Shape[0], 1]))).Reshape(right.Shape)
            : solve(matrix, right);
    }

    private static Value Symmetrize(string user, Value matrix)
    {
        if (matrix.Rank < 2 || matrix.Shape[-1] != matrix.Shape[-2])
        {
            throw new ShapeException($"{user}: the last two axes must form a square matrix, but the shape is {matrix.Shape}.");
        }

        int rank = matrix.Rank;
        int[] order = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        return 0.5 * (matrix + matrix.Permute(order));
    }
}

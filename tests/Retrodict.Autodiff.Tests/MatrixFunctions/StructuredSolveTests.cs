using System.Numerics;
using Retrodict.Autodiff.Tests.LinearAlgebra;

namespace Retrodict.Autodiff.Tests.MatrixFunctions;

/// <summary>Banded and block-tridiagonal solves satisfy the dense system.</summary>
public class StructuredSolveTests
{
    private const double DoubleTolerance = 1e-14;
    private const double FloatTolerance = 5e-6;

    public static TheoryData<int, int, int, int> Bands => new()
    {
        { 1, 0, 0, 1 }, { 1, 2, 3, 2 }, { 2, 1, 1, 1 }, { 5, 1, 1, 1 }, { 6, 2, 1, 3 }, { 7, 0, 2, 1 }, { 7, 2, 0, 4 }, { 9, 8, 8, 1 },
        { 10, 14, 1, 2 },
        { 40, 7, 8, 1 }, { 60, 16, 16, 1 }, { 60, 16, 16, 20 }, { 100, 3, 5, 9 }, { 100, 17, 1, 16 },
    };

    public static TheoryData<int, int, int> Blocks => new()
    {
        { 1, 1, 1 }, { 1, 5, 2 }, { 2, 3, 1 }, { 3, 1, 1 }, { 5, 4, 3 }, { 6, 8, 1 }, { 4, 17, 5 }, { 3, 33, 1 }, { 10, 2, 16 },
    };

    [Theory]
    [MemberData(nameof(Bands))]
    public void Band_matrices_solve_their_dense_system(int n, int lower, int upper, int columns)
    {
        CheckBand<double>(n, lower, upper, columns, DoubleTolerance);
        CheckBand<float>(n, lower, upper, columns, FloatTolerance);
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_tridiagonal_matrices_solve_their_dense_system(int count, int b, int columns)
    {
        CheckBlocks<double>(count, b, columns, DoubleTolerance);
        CheckBlocks<float>(count, b, columns, FloatTolerance);
    }

    [Fact]
    public void A_block_tridiagonal_matrix_with_singular_diagonal_blocks_is_solved()
    {
        // All diagonal blocks vanish.
        Function solve = Function.Trace([("b", [4, 1])], v => [("x", Value.SolveBlockTridiagonal(
            Value.Full(0, [4, 1, 1]), Value.Constant([1, 2, 3], [3, 1, 1]), Value.Constant([4, 5, 6], [3, 1, 1]), v[0]))]);

        // 4 x1 = b0, x0 + 5 x2 = b1, 2 x1 + 6 x3 = b2, 3 x2 = b3.
        double[] x = solve.Compile<double>().Evaluate([8.0, 1 + 15, 4 + 24, 9])[0];
        Assert.All(x.Zip([1.0, 2, 3, 4]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
    }

    [Fact]
    public void Elements_outside_the_band_are_not_read()
    {
        double[] band = [double.NaN, 1, 1, 4, 4, 4, 1, 1, double.NaN];
        double[] positive = [4, 4, 4, 1, 1, double.NaN];
        double[] b = [6, 12, 14];
        Function f = Function.Trace([("a", [3, 3]), ("p", [2, 3]), ("b", 3)], v =>
            [("general", Value.SolveBanded(v[0], 1, 1, v[2])), ("positive", Value.SolveBandedPositive(v[1], v[2])),
                ("product", Value.MultiplyBanded(v[0], 1, 1, v[2]))]);
        double[][] results = f.Compile<double>().Evaluate(band, positive, b);
        Assert.All(results[0].Concat(results[1]).Zip([1.0, 2, 3, 1, 2, 3]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        Assert.Equal([36.0, 68, 68], results[2]);
        double[][] gradients = Function.Trace(
            [("a", [3, 3]), ("p", [2, 3]), ("b", 3)], v => [("s", (f.Apply([.. v])[0] + f.Apply([.. v])[1]).Sum())])
            .Gradient().Compile<double>().Evaluate(band, positive, b);
        Assert.All(gradients.SelectMany(g => g), element => Assert.True(double.IsFinite(element)));
        Assert.Equal([0, 0, 0], new[] { gradients[0][0], gradients[0][8], gradients[1][5] });
    }

    private static void CheckBand<T>(int n, int lower, int upper, int columns, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] diagonals = Matrices.Random<T>(lower + upper + 1, n, n);
        T[] positive = Matrices.Random<T>(lower + 1, n, n + 1);
        positive.AsSpan(0, n).Fill(T.CreateChecked((2 * lower) + 2));
        T[] b = Matrices.Random<T>(n, columns, 7);
        Function f = Function.Trace([("a", [lower + upper + 1, n]), ("p", [lower + 1, n]), ("b", [n, columns])], v =>
        {
            Value transposed = Value.Emit(new Primitives.BandedProduct(upper, IsTransposed: true), v[0], v[2]);
            return
            [
                ("general", Value.SolveBanded(v[0], lower, upper, v[2])),
                ("positive", Value.SolveBandedPositive(v[1], v[2])),
                ("product", Value.MultiplyBanded(v[0], lower, upper, v[2])),
                ("transposed", transposed),
            ];
        });
        T[][] results = f.Compile<T>().Evaluate(diagonals, positive, b);
        T[] dense = Dense(diagonals, n, lower + upper + 1, upper);
        T[] low = Dense(positive, n, lower + 1, 0);
        T[] symmetric = [.. low.Select((x, i) => i % n <= i / n ? x : low[((i % n) * n) + (i / n)])];
        AssertSolves(dense, n, results[0], b, columns, tolerance);
        AssertSolves(symmetric, n, results[1], b, columns, tolerance);
        double scale = Matrices.Norm(dense) * Matrices.Norm(b);
        Assert.InRange(Matrices.Distance(Matrices.Product(n, columns, n, dense, b), results[2]), 0, tolerance * scale);
        Assert.InRange(
            Matrices.Distance(Matrices.Product(n, columns, n, Matrices.Transpose(n, n, dense), b), results[3]), 0, tolerance * scale);

        // The transposed solve: x = the gradient of b . A^-1 y by y solves A' x = b.
        Function vjp = Function.Trace(
            [("a", [lower + upper + 1, n]), ("b", [n, columns])], v => [("x", Value.SolveBanded(v[0], lower, upper, v[1]))]).Vjp("b");
        T[] solution = vjp.Compile<T>().Evaluate(diagonals, b, b)[1];
        AssertSolves(Matrices.Transpose(n, n, dense), n, solution, b, columns, tolerance);
    }

    private static void CheckBlocks<T>(int count, int b, int columns, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = count * b;
        T[] diagonal = Matrices.Random<T>(n, b, 1);
        T[] lower = Matrices.Random<T>(n - b, b, 2);
        T[] upper = Matrices.Random<T>(n - b, b, 3);
        T[] right = Matrices.Random<T>(n, columns, 4);
        (string, Shape)[] inputs = [("d", [count, b, b]), ("l", [count - 1, b, b]), ("u", [count - 1, b, b]), ("b", [count, b, columns])];
        Function general = Function.Trace(inputs, v => [("x", Value.SolveBlockTridiagonal(v[0], v[1], v[2], v[3]))]);
        T[] dense = Dense(diagonal, lower, upper, count, b);
        AssertSolves(dense, n, general.Compile<T>().Evaluate(diagonal, lower, upper, right)[0], right, columns, tolerance);
        T[] transposed = general.Vjp("b").Compile<T>().Evaluate(diagonal, lower, upper, right, right)[1];
        AssertSolves(Matrices.Transpose(n, n, dense), n, transposed, right, columns, tolerance);

        T[] heavy =
            [.. diagonal.Select(
                (x, i) => (x + diagonal[(i / b / b * b * b) + (i % b * b) + (i / b % b)])
                    + (i / b % b == i % b ? T.CreateChecked(4 * b) : T.Zero))];
        T[] across = [.. lower.Select((_, i) => lower[(i / b / b * b * b) + (i % b * b) + (i / b % b)])];
        Function positive = Function.Trace(
            [inputs[0], inputs[1], inputs[3]], v => [("x", Value.SolveBlockTridiagonalPositive(v[0], v[1], v[2]))]);
        AssertSolves(
            Dense(heavy, lower, across, count, b), n, positive.Compile<T>().Evaluate(heavy, lower, right)[0], right, columns, tolerance);
    }

    private static void AssertSolves<T>(T[] a, int n, T[] x, T[] b, int columns, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T> => Assert.InRange(
            Matrices.Distance(b, Matrices.Product(n, columns, n, a, x)), 0, tolerance * Matrices.Norm(a) * Matrices.Norm(x));

    private static T[] Dense<T>(T[] diagonals, int n, int width, int upper)
        where T : INumber<T>
    {
        var a = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                int r = i - j + upper;
                a[(i * n) + j] = r >= 0 && r < width ? diagonals[(r * n) + j] : T.Zero;
            }
        }

        return a;
    }

    private static T[] Dense<T>(T[] diagonal, T[] lower, T[] upper, int count, int b)
        where T : INumber<T>
    {
        int n = count * b;
        var a = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                (int row, int column) = (i / b, j / b);
                int inside = ((i % b) * b) + (j % b);
                a[(i * n) + j] = row == column ? diagonal[(row * b * b) + inside]
                    : row == column + 1 ? lower[(column * b * b) + inside]
                    : column == row + 1 ? upper[(row * b * b) + inside]
                    : T.Zero;
            }
        }

        return a;
    }
}

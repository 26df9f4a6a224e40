using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>General solves, banded and block-tridiagonal ones, least squares, eigenvalues and singular values.</content>
internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> MatrixFunctions() =>
        [.. General(), .. Banded(), .. Blocks(), .. Rectangular(), .. Spectral()];

    private static IEnumerable<PrimitiveCase> General()
    {
        yield return Plain(
            "solve", typeof(LuSolve), [[3, 3], [3, 2]],
            x => Value.Solve(Exchanged(x[0]), x[1])) with { Covers = [typeof(Lu), typeof(LuSolve)] };
        yield return Plain("solve vector", typeof(LuSolve), [[4, 4], [4]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve stack", typeof(LuSolve), [[2, 2, 3, 3], [2, 2, 3, 2]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve transposed", typeof(LuSolve), [[3, 3], [3]], x => Value.Solve(Exchanged(x[0]).Permute(), x[1]));
        yield return Plain("solve of size one", typeof(LuSolve), [[1, 1], [1, 2]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve of size nothing", typeof(LuSolve), [[0, 0], [0, 2]], x => Value.Solve(x[0], x[1]));
        yield return Plain("solve without columns", typeof(LuSolve), [[2, 2], [2, 0]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve of a fixed matrix", typeof(LuSolve), [[3, 2]], x => Value.Solve(
            Value.Constant(new double[,] { { 0, 0.5, 2 }, { 2, 0.3, 0.1 }, { -0.2, 1, 0 } }), Value.Sin(x[0])));
        yield return Plain(
            "solve twice with one matrix", typeof(LuSolve), [[3, 3], [3]],
            x => Value.Solve(Exchanged(x[0]), Value.Solve(Exchanged(x[0]), x[1])));
        yield return Plain("determinant", typeof(Determinant), [[3, 3]], x => Value.Determinant(Exchanged(x[0])));
        yield return Plain("determinant stack", typeof(Determinant), [[2, 2, 2]], x => Value.Determinant(Exchanged(x[0])));
        yield return Plain("determinant of size nothing", typeof(Determinant), [[0, 0]], x => Value.Determinant(x[0]));
        yield return Plain("log determinant", typeof(Determinant), [[3, 3]], x => Value.LogAbsDeterminant(Exchanged(x[0])));
        yield return Plain("log determinant stack", typeof(Determinant), [[2, 3, 3]], x => Value.LogAbsDeterminant(Exchanged(x[0])));
    }

    private static IEnumerable<PrimitiveCase> Banded()
    {
        yield return Plain(
            "banded positive", typeof(BandedPositiveSolve), [[3, 5], [5, 2]], x => Value.SolveBandedPositive(
                PositiveBand(x[0]), x[1])) with { Covers = [typeof(BandedCholesky), typeof(BandedPositiveSolve)] };
        yield return Plain(
            "banded positive vector", typeof(BandedPositiveSolve), [[2, 6], [6]], x => Value.SolveBandedPositive(PositiveBand(x[0]), x[1]));
        yield return Plain(
            "banded positive diagonal", typeof(BandedPositiveSolve), [[1, 4], [4, 3]],
            x => Value.SolveBandedPositive(PositiveBand(x[0]), x[1]));
        yield return Plain(
            "banded positive wider than the matrix", typeof(BandedPositiveSolve), [[5, 3], [3]],
            x => Value.SolveBandedPositive(PositiveBand(x[0]), x[1]));
        yield return Plain(
            "banded positive stack", typeof(BandedPositiveSolve), [[2, 2, 4], [2, 4, 2]],
            x => Value.SolveBandedPositive(PositiveBand(x[0]), x[1]));
        yield return Plain(
            "banded positive of size nothing", typeof(BandedPositiveSolve), [[2, 0], [0, 2]], x => Value.SolveBandedPositive(x[0], x[1]));
        yield return Plain("banded positive of a fixed matrix", typeof(BandedPositiveSolve), [[4]], x => Value.SolveBandedPositive(
            Value.Constant(new double[,] { { 2, 2, 3, 2 }, { -1, -1, 0.5, double.NaN } }), Value.Sin(x[0])));
        foreach ((int lower, int upper) in new[] { (1, 1), (2, 1), (1, 2), (0, 2), (2, 0), (0, 0) })
        {
            yield return Plain(
                $"banded {lower} {upper}", typeof(BandedSolve), [[lower + upper + 1, 5], [5, 2]],
                x => Value.SolveBanded(Band(x[0], lower), lower, upper, x[1])) with { Covers = [typeof(BandedLu), typeof(BandedSolve)] };
            yield return Plain(
                $"banded product {lower} {upper}", typeof(BandedProduct), [[lower + upper + 1, 4], [4, 2]],
                x => Value.MultiplyBanded(x[0], lower, upper, Value.Sin(x[1])));
        }

        yield return Plain("banded vector", typeof(BandedSolve), [[4, 6], [6]], x => Value.SolveBanded(Band(x[0], 2), 2, 1, x[1]));
        yield return Plain(
            "banded wider than the matrix", typeof(BandedSolve), [[6, 2], [2]], x => Value.SolveBanded(Band(x[0], 3), 3, 2, x[1]));
        yield return Plain("banded stack", typeof(BandedSolve), [[2, 3, 4], [2, 4, 2]], x => Value.SolveBanded(Band(x[0], 1), 1, 1, x[1]));
        yield return Plain("banded of size nothing", typeof(BandedSolve), [[3, 0], [0]], x => Value.SolveBanded(x[0], 1, 1, x[1]));
        yield return Plain(
            "banded without columns", typeof(BandedSolve), [[3, 2], [2, 0]], x => Value.SolveBanded(Band(x[0], 1), 1, 1, x[1]));
        yield return Plain("banded product vector", typeof(BandedProduct), [[4, 6], [6]], x => Value.MultiplyBanded(x[0], 1, 2, x[1]));
        yield return Plain(
            "banded product stack", typeof(BandedProduct), [[2, 3, 4], [2, 4, 2]], x => Value.MultiplyBanded(x[0], 1, 1, x[1]));
        yield return Plain(
            "banded product transposed", typeof(BandedProduct), [[3, 4], [4, 2]],
            x => Value.Emit(new BandedProduct(1, IsTransposed: true), x[0], x[1]));
        yield return Plain(
            "banded product below the diagonal", typeof(BandedProduct), [[2, 4], [4, 2]],
            x => Value.Emit(new BandedProduct(-1, IsTransposed: true), x[0], x[1]));
        yield return Plain(
            "banded outer", typeof(BandedOuter), [[4, 2], [4, 2]], x => Value.Emit(new BandedOuter(1, 4), x[0], Value.Sin(x[1])));
        yield return Plain(
            "banded outer vector stack", typeof(BandedOuter), [[2, 4, 1], [2, 4, 1]], x => Value.Emit(new BandedOuter(-1, 2), x[0], x[1]));
    }

    private static IEnumerable<PrimitiveCase> Blocks()
    {
        foreach ((int count, int b, int columns) in new[] { (3, 2, 2), (4, 1, 2), (1, 3, 2), (2, 3, 1) })
        {
            string size = $"{count} {b} {columns}";
            yield return Plain(
                $"block positive {size}", typeof(BlockPositiveSolve), [[count, b, b], [count - 1, b, b], [count, b, columns]], x =>
                Value.SolveBlockTridiagonalPositive((0.3 * x[0]) + (3 * Value.Eye(b)), 0.3 * x[1], x[2])) with { Covers =
                    [typeof(BlockCholesky), typeof(BlockPositiveSolve)] };
            yield return Plain(
                $"block {size}", typeof(BlockSolve), [[count, b, b], [count - 1, b, b], [count - 1, b, b], [count, b, columns]], x =>
                Value.SolveBlockTridiagonal(
                    (0.2 * x[0]) + Value.Eye(b), (0.2 * x[1]) + (2 * Value.Eye(b)), (0.2 * x[2]) - (2 * Value.Eye(b)),
                    x[3])) with { Covers = [typeof(BlockLu), typeof(BlockSolve)] };
        }

        yield return Plain("block positive vector", typeof(BlockPositiveSolve), [[3, 2, 2], [2, 2, 2], [3, 2]], x =>
            Value.SolveBlockTridiagonalPositive((0.3 * x[0]) + (3 * Value.Eye(2)), 0.3 * x[1], x[2]));
        yield return Plain("block vector", typeof(BlockSolve), [[3, 2, 2], [2, 2, 2], [3, 2]], x =>
            Value.SolveBlockTridiagonal((0.2 * x[0]) + (2 * Value.Eye(2)), 0.3 * x[1], Value.Sin(x[1]), x[2]));
        yield return Plain("block positive stack", typeof(BlockPositiveSolve), [[2, 2, 2, 2], [2, 1, 2, 2], [2, 2, 2, 1]], x =>
            Value.SolveBlockTridiagonalPositive((0.3 * x[0]) + (3 * Value.Eye(2)), 0.3 * x[1], x[2]));
        yield return Plain("block stack", typeof(BlockSolve), [[2, 2, 2, 2], [2, 1, 2, 2], [2, 2, 2, 1]], x =>
            Value.SolveBlockTridiagonal((0.3 * x[0]) + (3 * Value.Eye(2)), 0.3 * x[1], 0.5 * x[1], x[2]));
        yield return Plain(
            "block of size nothing", typeof(BlockSolve), [[2, 0, 0], [1, 0, 0], [2, 0, 3]],
            x => Value.SolveBlockTridiagonal(x[0], x[1], x[1], x[2]));
        yield return Plain("block without columns", typeof(BlockSolve), [[2, 2, 2], [1, 2, 2], [2, 2, 0]], x =>
            Value.SolveBlockTridiagonal((0.3 * x[0]) + (3 * Value.Eye(2)), x[1], x[1], x[2]));
        yield return Plain("block with fixed neighbors", typeof(BlockSolve), [[3, 2, 2], [3, 2]], x => Value.SolveBlockTridiagonal(
            (0.3 * x[0]) + (3 * Value.Eye(2)), Value.Full(0.5, [2, 2, 2]), Value.Full(-0.4, [2, 2, 2]), x[1]));
    }

    private static IEnumerable<PrimitiveCase> Rectangular()
    {
        yield return Plain(
            "least squares", typeof(LeastSquaresSolve), [[4, 2], [4, 3]],
            x => Value.LeastSquares(Tall(x[0]), x[1])) with { Covers = [typeof(Qr), typeof(LeastSquaresSolve)] };
        yield return Plain("least squares vector", typeof(LeastSquaresSolve), [[5, 3], [5]], x => Value.LeastSquares(Tall(x[0]), x[1]));
        yield return Plain("least squares square", typeof(LeastSquaresSolve), [[3, 3], [3, 2]], x => Value.LeastSquares(Tall(x[0]), x[1]));
        yield return Plain(
            "least squares stack", typeof(LeastSquaresSolve), [[2, 2, 3, 2], [2, 2, 3, 1]], x => Value.LeastSquares(Tall(x[0]), x[1]));
        yield return Plain(
            "least squares one column", typeof(LeastSquaresSolve), [[3, 1], [3, 2]], x => Value.LeastSquares(Tall(x[0]), x[1]));
        yield return Plain(
            "least squares without columns", typeof(LeastSquaresSolve), [[3, 0], [3, 2]], x => Value.LeastSquares(x[0], x[1]));
        yield return Plain(
            "least squares without right sides", typeof(LeastSquaresSolve), [[3, 2], [3, 0]], x => Value.LeastSquares(Tall(x[0]), x[1]));
        yield return Plain("least squares of a fixed matrix", typeof(LeastSquaresSolve), [[3, 2]], x => Value.LeastSquares(
            Value.Constant(new double[,] { { 1, 0.5 }, { 0, 2 }, { -0.2, 1 } }), Value.Sin(x[0])));
        yield return Plain(
            "least squares, minimum norm", typeof(LeastSquaresSolve), [[4, 2], [2, 3]],
            x => WithFactors(LeastSquaresForm.MinimumNorm, Tall(x[0]), x[1]));
        yield return Plain(
            "least squares, normal", typeof(LeastSquaresSolve), [[4, 2], [2, 3]],
            x => WithFactors(LeastSquaresForm.Normal, Tall(x[0]), x[1]));
    }

    private static IEnumerable<PrimitiveCase> Spectral()
    {
        foreach (int n in new[] { 0, 1, 2, 3 })
        {
            yield return Plain(
                $"eigen {n}", typeof(Eigenpairs), [[n, n]], _ => 0) with { Body = x => Pair(Value.SymmetricEigen(Separated(x[0]))) };
            yield return Plain($"svd {n}", typeof(Svd), [[n, n]], _ => 0) with { Body = x => Triple(Value.Svd(Separated(x[0]))) };
        }

        yield return Plain("eigenvalues", typeof(Eigenpairs), [[3, 3]], x => Value.SymmetricEigen(Separated(x[0])).Values);
        yield return Plain(
            "eigenvectors", typeof(SpectralGaps), [[3, 3]],
            x => Value.SymmetricEigen(Separated(x[0])).Vectors) with { Covers = [typeof(Eigenpairs)] };
        yield return Plain(
            "eigen stack", typeof(Eigenpairs), [[2, 2, 2, 2]], _ => 0) with { Body = x => Pair(Value.SymmetricEigen(Separated(x[0]))) };
        yield return Plain("matrix exponential by eigenvalues", typeof(Eigenpairs), [[3, 3]], x =>
        {
            (Value values, Value vectors) = Value.SymmetricEigen(Separated(x[0]));
            return Value.MatMul(vectors * Value.Exp(0.2 * values), vectors.Permute());
        });
        yield return Plain("svd tall", typeof(Svd), [[4, 2]], _ => 0) with { Body = x => Triple(Value.Svd(Separated(x[0]))) };
        yield return Plain("svd wide", typeof(Svd), [[2, 4]], _ => 0) with { Body = x => Triple(Value.Svd(Separated(x[0]))) };
        yield return Plain("svd column", typeof(Svd), [[3, 1]], _ => 0) with { Body = x => Triple(Value.Svd(Separated(x[0]))) };
        yield return Plain("svd without columns", typeof(Svd), [[3, 0]], _ => 0) with { Body = x => Triple(Value.Svd(x[0])) };
        yield return Plain("svd stack", typeof(Svd), [[2, 3, 2]], _ => 0) with { Body = x => Triple(Value.Svd(Separated(x[0]))) };
        yield return Plain("singular values", typeof(Svd), [[3, 2]], x => Value.Svd(Separated(x[0])).S);
        yield return Plain("pseudo-inverse by singular values", typeof(Svd), [[3, 2]], x =>
        {
            (Value u, Value s, Value v) = Value.Svd(Separated(x[0]));
            return Value.MatMul(v / s, u.Permute());
        });
        yield return Plain("spectral gaps", typeof(SpectralGaps), [[2, 3]], x => Value.Emit(
            new SpectralGaps(IsSum: false), (0.2 * x[0]) + Value.Constant([1, 2.5, 4])));
        yield return Plain("spectral sums", typeof(SpectralGaps), [[3]], x => Value.Emit(
            new SpectralGaps(IsSum: true), (0.2 * x[0]) + Value.Constant([1, 2.5, 4])));
    }

    private static Value[] Pair((Value Values, Value Vectors) eigen) => [eigen.Values, eigen.Vectors];

    private static Value[] Triple((Value U, Value S, Value V) svd) => [svd.U, svd.S, svd.V];

    /// <summary>Eigenvalues and singular values well apart, vectors near the axes.</summary>
    private static Value Separated(Value x)
    {
        (int m, int n) = (x.Shape[-2], x.Shape[-1]);
        var pattern = new double[m * n];
        for (int i = 0; i < Math.Min(m, n); i++)
        {
            pattern[(i * n) + i] = 1.5 + (1.5 * i);
        }

        return (0.15 * x) + Value.Constant(pattern, [m, n]);
    }

    private static Value WithFactors(LeastSquaresForm form, Value a, Value right)
    {
        Value[] factors = Value.EmitAll(Qr.Instance, Value.StopGradient(a));
        return Value.Emit(new LeastSquaresSolve(form), a, factors[0], factors[1], factors[2], right);
    }

    private static Value Tall(Value x)
    {
        (int m, int n) = (x.Shape[-2], x.Shape[-1]);
        var pattern = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            pattern[(i * n) + (i % n)] = 1.3 + (0.6 * (i % n));
        }

        return (0.3 * x) + Value.Constant(pattern, [m, n]);
    }

    /// <summary>Lower diagonals of a matrix that its diagonal dominates.</summary>
    private static Value PositiveBand(Value x) => Raised(0.3 * x, 0, 1.2 * x.Shape[-2]);

    /// <summary>
    /// Diagonals of a matrix whose largest elements stand at the lower edge, so that rows are exchanged, but for the main diagonal's share.
    /// </summary>
    private static Value Band(Value x, int lower)
    {
        int upper = x.Shape[-2] - 1 - lower;
        return Raised(lower == 0 ? 0.3 * x : Raised(0.3 * x, upper + 1, 2), upper, lower == 0 ? 2 : -0.7);
    }

    private static Value Raised(Value x, int row, double by)
    {
        (int width, int n) = (x.Shape[-2], x.Shape[-1]);
        var pattern = new double[width * n];
        pattern.AsSpan(row * n, n).Fill(by);
        return x + Value.Constant(pattern, [width, n]);
    }

    /// <summary>Well conditioned, with its large elements beside the diagonal, so that rows are exchanged.</summary>
    private static Value Exchanged(Value x)
    {
        int n = x.Shape[-1];
        var pattern = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            pattern[(i * n) + ((i + 1) % n)] = i % 2 == 0 ? 2 : -2;
        }

        return (0.3 * x) + Value.Constant(pattern, [n, n]);
    }
}

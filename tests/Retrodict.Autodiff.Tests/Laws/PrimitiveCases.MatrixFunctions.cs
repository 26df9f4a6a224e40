using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>General solves, banded and block-tridiagonal ones, least squares, eigenvalues and singular values.</content>
internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> MatrixFunctions() => [.. General()];

    private static IEnumerable<PrimitiveCase> General()
    {
        yield return Plain("solve", typeof(LuSolve), [[3, 3], [3, 2]], x => Value.Solve(Exchanged(x[0]), x[1])) with { Covers = [typeof(Lu), typeof(LuSolve)] };
        yield return Plain("solve vector", typeof(LuSolve), [[4, 4], [4]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve stack", typeof(LuSolve), [[2, 2, 3, 3], [2, 2, 3, 2]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve transposed", typeof(LuSolve), [[3, 3], [3]], x => Value.Solve(Exchanged(x[0]).Permute(), x[1]));
        yield return Plain("solve of size one", typeof(LuSolve), [[1, 1], [1, 2]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve of size nothing", typeof(LuSolve), [[0, 0], [0, 2]], x => Value.Solve(x[0], x[1]));
        yield return Plain("solve without columns", typeof(LuSolve), [[2, 2], [2, 0]], x => Value.Solve(Exchanged(x[0]), x[1]));
        yield return Plain("solve of a fixed matrix", typeof(LuSolve), [[3, 2]], x => Value.Solve(
            Value.Constant(new double[,] { { 0, 0.5, 2 }, { 2, 0.3, 0.1 }, { -0.2, 1, 0 } }), Value.Sin(x[0])));
        yield return Plain("solve twice with one matrix", typeof(LuSolve), [[3, 3], [3]], x => Value.Solve(Exchanged(x[0]), Value.Solve(Exchanged(x[0]), x[1])));
        yield return Plain("determinant", typeof(Determinant), [[3, 3]], x => Value.Determinant(Exchanged(x[0])));
        yield return Plain("determinant stack", typeof(Determinant), [[2, 2, 2]], x => Value.Determinant(Exchanged(x[0])));
        yield return Plain("determinant of size nothing", typeof(Determinant), [[0, 0]], x => Value.Determinant(x[0]));
        yield return Plain("log determinant", typeof(Determinant), [[3, 3]], x => Value.LogAbsDeterminant(Exchanged(x[0])));
        yield return Plain("log determinant stack", typeof(Determinant), [[2, 3, 3]], x => Value.LogAbsDeterminant(Exchanged(x[0])));
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

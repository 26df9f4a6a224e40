using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>
/// Triangular systems, Cholesky factors and positive definite systems. Matrices are B B^T + I, or triangles with a strong diagonal.
/// </content>
internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> Solves()
    {
        foreach (bool lower in new[] { true, false })
        {
            foreach (bool transposed in new[] { false, true })
            {
                string kind = $"{(lower ? "lower" : "upper")}{(transposed ? " transposed" : "")}";
                yield return Plain(
                    $"triangular {kind}", typeof(Substitution), [[3, 3], [3, 4]],
                    x => Value.SolveTriangular(Dominant(x[0]), x[1], lower, transposed));
                yield return Plain(
                    $"triangular {kind} vector", typeof(Substitution), [[4, 4], [4]],
                    x => Value.SolveTriangular(Dominant(x[0]), x[1], lower, transposed));
                yield return Plain(
                    $"triangular {kind} stack", typeof(Substitution), [[2, 2, 3, 3], [2, 2, 3, 2]],
                    x => Value.SolveTriangular(Dominant(x[0]), x[1], lower, transposed));
            }
        }

        yield return Plain(
            "triangular of size one", typeof(Substitution), [[1, 1], [1, 2]], x => Value.SolveTriangular(Dominant(x[0]), x[1]));
        yield return Plain("triangular of size nothing", typeof(Substitution), [[0, 0], [0, 2]], x => Value.SolveTriangular(x[0], x[1]));
        yield return Plain(
            "triangular without columns", typeof(Substitution), [[2, 2], [2, 0]], x => Value.SolveTriangular(Dominant(x[0]), x[1]));
        yield return Plain("cholesky", typeof(Cholesky), [[3, 3]], x => Value.Cholesky(PositiveDefinite(x[0])));
        yield return Plain("cholesky of size one", typeof(Cholesky), [[1, 1]], x => Value.Cholesky(PositiveDefinite(x[0])));
        yield return Plain("cholesky of size nothing", typeof(Cholesky), [[0, 0]], x => Value.Cholesky(PositiveDefinite(x[0])));
        yield return Plain("cholesky stack", typeof(Cholesky), [[2, 3, 3]], x => Value.Cholesky(PositiveDefinite(x[0])));
        yield return Plain(
            "cholesky of an unsymmetric matrix", typeof(Cholesky), [[3, 3]], x => Value.Cholesky((0.3 * x[0]) + (3 * Value.Eye(3))));
        yield return Plain(
            "positive solve", typeof(PositiveSolve), [[3, 3], [3, 2]], x => Value.SolvePositiveDefinite(PositiveDefinite(x[0]), x[1]));
        yield return Plain(
            "positive solve vector", typeof(PositiveSolve), [[4, 4], [4]], x => Value.SolvePositiveDefinite(PositiveDefinite(x[0]), x[1]));
        yield return Plain(
            "positive solve stack", typeof(PositiveSolve), [[2, 3, 3], [2, 3, 2]],
            x => Value.SolvePositiveDefinite(PositiveDefinite(x[0]), x[1]));
        yield return Plain("positive solve of a fixed matrix", typeof(PositiveSolve), [[3, 2]], x => Value.SolvePositiveDefinite(
            Value.Constant(new double[,] { { 2, 0.5, 0 }, { 0.5, 3, 1 }, { 0, 1, 2 } }), Value.Sin(x[0])));
        yield return Plain("positive solve of an unsymmetric matrix", typeof(PositiveSolve), [[3, 3], [3]], x =>
            Value.SolvePositiveDefinite((0.3 * x[0]) + (3 * Value.Eye(3)), x[1]));
        yield return Plain("Gaussian log density", typeof(Cholesky), [[3, 3], [3]], x =>
        {
            Value factor = Value.Cholesky(PositiveDefinite(x[0]));
            Value white = Value.SolveTriangular(factor, x[1]);
            return (-0.5 * Value.Dot(white, white)) - Value.Log((factor * Value.Eye(3)).Sum(1)).Sum();
        });
    }

    private static Value Dominant(Value x) => (0.4 * x) + (1.5 * Value.Eye(x.Shape[-1]));

    private static Value PositiveDefinite(Value b)
    {
        int rank = b.Rank;
        int[] transposed = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        return (0.5 * Value.MatMul(b, b.Permute(transposed))) + Value.Eye(b.Shape[-1]);
    }
}

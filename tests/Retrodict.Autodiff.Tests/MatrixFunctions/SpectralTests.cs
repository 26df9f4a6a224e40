namespace Retrodict.Autodiff.Tests.MatrixFunctions;

/// <summary>
/// Eigenvalues and singular values that coincide or vanish: vectors have no derivatives there, functions of the values do.
/// </summary>
public class SpectralTests
{
    private static readonly double[] _twofold = [2, 0, 0, 0, 2, 0, 0, 0, 5];

    /// <summary>The same, turned, so that the two values differ by rounding.</summary>
    private static readonly double[] _turned = Turned(_twofold);

    [Fact]
    public void Symmetric_functions_of_the_eigenvalues_have_finite_and_right_gradients_where_values_coincide()
    {
        // The gradient of tr A³ is 3 A², that of log det A is A^-1.
        Function cube = Function.Trace([("a", [3, 3])], v => [("s", Value.Pow(Value.SymmetricEigen(v[0]).Values, 3).Sum())]).Gradient();
        Function log = Function.Trace([("a", [3, 3])], v => [("s", Value.Log(Value.SymmetricEigen(v[0]).Values).Sum())]).Gradient();
        Function nuclear = Function.Trace([("a", [3, 3])], v => [("s", Value.Square(Value.Svd(v[0]).S).Sum())]).Gradient();
        foreach (double[] a in new[] { _twofold, _turned })
        {
            AssertClose([.. LinearAlgebra.Matrices.Product(3, 3, 3, a, a).Select(x => 3 * x)], Evaluate(cube, a), 1e-13);
            AssertClose([.. a.Select(x => 2 * x)], Evaluate(nuclear, a), 1e-13);
            double[] inverse = Evaluate(log, a);
            AssertClose(LinearAlgebra.Matrices.Identity(3), LinearAlgebra.Matrices.Product(3, 3, 3, a, inverse), 1e-13);
        }
    }

    [Fact]
    public void Vectors_of_coinciding_values_have_NaN_derivatives()
    {
        Function eigen = Function.Trace([("a", [3, 3])], v => [("v", Value.SymmetricEigen(v[0]).Vectors)]).Jvp();
        Function svd = Function.Trace([("a", [3, 3])], v => [("u", Value.Svd(v[0]).U), ("s", Value.Svd(v[0]).S), ("v", Value.Svd(v[0]).V)])
            .Jvp();
        double[] direction = [1, 2, 3, 2, 1, 4, 3, 4, -1];
        foreach (double[] a in new[] { _twofold, _turned })
        {
            double[][] tangents = eigen.Compile<double>().Evaluate(a, direction);
            Assert.All(tangents[0], x => Assert.True(double.IsFinite(x)));
            Assert.Contains(tangents[1], double.IsNaN);
            double[][] singular = svd.Compile<double>().Evaluate(a, direction);
            Assert.Contains(singular[3], double.IsNaN);
            Assert.All(singular[4], x => Assert.True(double.IsFinite(x)));
            Assert.Contains(singular[5], double.IsNaN);
            Assert.Contains(
                eigen.Compile<float>().Evaluate([.. a.Select(x => (float)x)], [.. direction.Select(x => (float)x)])[1], float.IsNaN);
        }
    }

    [Fact]
    public void A_cotangent_of_zero_does_not_see_them()
    {
        Function eigen = Function.Trace(
            [("a", [3, 3])], v => [("values", Value.SymmetricEigen(v[0]).Values), ("vectors", Value.SymmetricEigen(v[0]).Vectors)]).Vjp();
        double[] gradient = eigen.Compile<double>().Evaluate(_turned, [1, 1, 1], new double[9])[2];
        AssertClose(LinearAlgebra.Matrices.Identity(3), gradient, 1e-14);
    }

    [Fact]
    public void Singular_values_of_a_rank_deficient_matrix_have_finite_gradients()
    {
        // [1 2; 2 4] has the values 5 and 0; the gradient of the first is u v'.
        Function largest = Function.Trace([("a", [2, 2])], v => [("s", Value.Svd(v[0]).S[0])]).Gradient();
        AssertClose([0.2, 0.4, 0.4, 0.8], Evaluate(largest, [1, 2, 2, 4]), 1e-14);
    }

    [Fact]
    public void Second_derivatives_of_well_separated_eigenvalues_are_those_of_perturbation_theory()
    {
        // The largest value of [[0, t], [t, 1]] is (1 + sqrt(1 + 4 t²)) / 2: 1 + t² + O(t^4).
        Function f = Function.Trace([("t", Shape.Scalar)], v => [("s", Value.SymmetricEigen(
            (v[0] * Value.Constant(new double[,] { { 0, 1 }, { 1, 0 } })) + Value.Constant(new double[,] { { 0, 0 }, { 0, 1 } }))
                .Values[1])]);
        Assert.Equal(2, f.Gradient().Jvp().Compile<double>().Evaluate([0.0], [1.0])[1][0], 1e-14);
        Assert.Equal(2 / Math.Pow(1.36, 1.5), f.Gradient().Jvp().Compile<double>().Evaluate([0.3], [1.0])[1][0], 1e-13);
    }

    [Fact]
    public void Decompositions_rebuild_their_matrices_in_both_precisions()
    {
        Function f = Function.Trace([("a", [5, 5]), ("b", [6, 4])], v =>
        {
            (Value values, Value vectors) = Value.SymmetricEigen(v[0]);
            (Value u, Value s, Value w) = Value.Svd(v[1]);
            return
            [
                ("symmetric", Value.MatMul(vectors * values, vectors.Permute()) - (0.5 * (v[0] + v[0].Permute()))),
                ("rectangular", Value.MatMul(u * s, w.Permute()) - v[1]),
                ("orthonormal", Value.MatMul(u.Permute(), u) - Value.Eye(4)),
            ];
        });
        Assert.All(
            f.Compile<double>().Evaluate(Execution.Programs.Inputs<double>(f, 5)).SelectMany(x => x), x => Assert.Equal(0, x, 5e-15));
        Assert.All(f.Compile<float>().Evaluate(Execution.Programs.Inputs<float>(f, 5)).SelectMany(x => x), x => Assert.Equal(0, x, 2e-6f));
    }

    private static double[] Evaluate(Function function, double[] a) => function.Compile<double>().Evaluate(a)[0];

    private static void AssertClose(double[] expected, double[] actual, double relative) =>
        Laws.Numbers.AssertClose("result", expected, actual, relative);

    private static double[] Turned(double[] a)
    {
        // H A H with a reflection H.
        double[] v = [1 / 3.0, 2 / 3.0, 2 / 3.0];
        double[] h = [.. LinearAlgebra.Matrices.Identity(3).Select((x, i) => x - (2 * v[i / 3] * v[i % 3]))];
        return LinearAlgebra.Matrices.Product(3, 3, 3, LinearAlgebra.Matrices.Product(3, 3, 3, h, a), h);
    }
}

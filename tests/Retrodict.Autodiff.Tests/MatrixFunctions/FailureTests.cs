namespace Retrodict.Autodiff.Tests.MatrixFunctions;

/// <summary>Singular, indefinite, rank-deficient and NaN members of a stack become NaN and leave the others as they are.</summary>
public class FailureTests
{
    private const int Members = 3;

    [Theory]
    [InlineData("solve")]
    [InlineData("positive")]
    [InlineData("banded")]
    [InlineData("banded positive")]
    [InlineData("block")]
    [InlineData("block positive")]
    [InlineData("least squares")]
    [InlineData("eigen")]
    [InlineData("svd")]
    public void A_member_that_fails_is_NaN_and_the_others_are_untouched(string name)
    {
        (Function one, double[] good, double[] bad) = Programs(name);
        foreach (Function function in new[] { one, one.Vjp() })
        {
            double[] seed = [1, -2];
            Function batch = function.Batch(Members);
            double[][] inputs =
                [[.. good, .. bad, .. good], .. batch.Inputs.Skip(1).Select(input => Tiled(seed, input.Shape.ElementCount))];
            double[][] alone = [good, .. function.Inputs.Skip(1).Select(input => Tiled(seed, input.Shape.ElementCount))];
            double[][] expected = function.Compile<double>().Evaluate(alone);
            double[][] actual = batch.Compile<double>().Evaluate(inputs);
            for (int output = 0; output < expected.Length; output++)
            {
                int length = expected[output].Length;
                Assert.All(expected[output], x => Assert.True(double.IsFinite(x)));

                // What lies outside of a band stays zero.
                Assert.All(
                    actual[output][length..(2 * length)].Zip(expected[output]),
                    pair => Assert.True(double.IsNaN(pair.First) || (pair.First == 0 && pair.Second == 0)));
                Assert.All(actual[output][..length].Zip(expected[output]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
                Assert.All(actual[output][(2 * length)..].Zip(expected[output]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
            }
        }
    }

    [Fact]
    public void A_singular_determinant_is_zero_and_its_logarithm_infinite()
    {
        Function f = Function.Trace([("a", [2, 2])], v => [("det", Value.Determinant(v[0])), ("log", Value.LogAbsDeterminant(v[0]))]);
        double[][] results = f.Compile<double>().Evaluate([1.0, 2, 2, 4]);
        Assert.Equal(0, results[0][0]);
        Assert.Equal(double.NegativeInfinity, results[1][0]);
        Assert.Equal(-2, f.Compile<double>().Evaluate([1.0, 2, 3, 4])[0][0], 1e-15);
    }

    private static double[] Tiled(double[] pattern, int length) =>
        [.. Enumerable.Range(0, length).Select(i => pattern[i % pattern.Length])];

    private static (Function, double[] Good, double[] Bad) Programs(string name)
    {
        Value two = Value.Constant([1.0, -1]);
        Value blocks = Value.Constant([1.0, -1], [2, 1, 1]);
        return name switch
        {
            "solve" => (Of([2, 2], a => Value.Solve(a, two)), [1, 2, 3, 4], [1, 2, 2, 4]),
            "positive" => (Of([2, 2], a => Value.SolvePositiveDefinite(a, two)), [2, 1, 1, 2], [1, 2, 2, 1]),
            "banded" => (Of([3, 2], a => Value.SolveBanded(a, 1, 1, two)), [0, 2, 1, 4, 3, 0], [0, 2, 1, 4, 2, 0]),
            "banded positive" => (Of([2, 2], a => Value.SolveBandedPositive(a, two)), [2, 2, 1, 0], [1, 1, 2, 0]),
            "block" =>
                (Of([2, 1, 1], a => Value.SolveBlockTridiagonal(a, Value.Full(2, [1, 1, 1]), Value.Full(2, [1, 1, 1]), blocks)), [1, 3],
                    [1, 4]),
            "block positive" =>
                (Of([2, 1, 1], a => Value.SolveBlockTridiagonalPositive(a, Value.Full(2, [1, 1, 1]), blocks)), [1, 5], [1, 3]),
            "least squares" =>
                (Of([3, 2], a => Value.LeastSquares(a, Value.Constant([1.0, -1, 2]))), [1, 2, 3, 4, 5, 7], [1, 2, 2, 4, 3, 6]),
            "eigen" => (Of([2, 2], a => Value.SymmetricEigen(a).Vectors), [1, 2, 2, 5], [1, double.NaN, 2, 5]),
            "svd" => (Of([2, 2], a => Value.Svd(a).U), [1, 2, 3, 5], [1, 2, double.PositiveInfinity, 5]),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

        static Function Of(Shape shape, Func<Value, Value> body) => Function.Trace([("a", shape)], v => [("y", body(v[0]))]);
    }
}

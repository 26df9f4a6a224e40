namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>Large and empty steps on several threads: the same bits as on one.</summary>
public class ThreadSizeTests
{
    [Fact]
    public void Large_steps_have_the_same_bits_on_any_number_of_threads()
    {
        Function function = Function.Trace(
            [("x", [300, 257]), ("w", [257, 129]), ("b", 129), ("s", [300, 1])],
            v =>
            {
                Value h = Value.Tanh(Value.MatMul(v[0], v[1]) + v[2]) * v[3];
                Value wide = (v[0] * v[3]) - Value.Exp(0.1 * v[0]);
                return [("h", h), ("loss", (h * h).Sum()), ("rows", wide.Sum(1)), ("columns", wide.Sum(0)), ("max", wide.Max(0)),
                    ("stack", Value.Einsum("bi,bj->bij", h, h.Slice(1, 0, 9)))];
            });
        AssertSameBits<float>(function.Vjp());
        AssertSameBits<double>(function.Jvp());
    }

    [Fact]
    public void Stacks_of_many_small_products_have_the_same_bits_on_any_number_of_threads()
    {
        Function function = Function.Trace([("x", [20_000, 4, 5]), ("y", [20_000, 5, 3])], v => [("z", Value.MatMul(v[0], v[1]))]);
        AssertSameBits<float>(function);
        AssertSameBits<double>(function);
    }

    [Theory]
    [InlineData(120, 700)]
    [InlineData(257, 257)]
    [InlineData(200, 1)]
    public void Solves_have_the_same_bits_on_any_number_of_threads_and_solve(int n, int columns)
    {
        Function function = Function.Trace(
            [("a", [n, n]), ("b", [n, columns])],
            v =>
            {
                Value matrix = Value.MatMul(v[0], v[0].Permute()) + (n * Value.Eye(n));
                Value upper = Value.SolveTriangular(matrix, v[1], lower: false);
                Value triangle = Value.Constant(Enumerable.Range(0, n * n).Select(i => i % n >= i / n ? 1.0 : 0.0).ToArray(), [n, n]);
                return
                [
                    ("positive", Value.MatMul(matrix, Value.SolvePositiveDefinite(matrix, v[1])) - v[1]),
                    ("upper", Value.MatMul(matrix * triangle, upper) - v[1]),
                    ("lower", Value.MatMul(matrix * triangle.Permute(), Value.SolveTriangular(matrix, v[1])) - v[1]),
                ];
            });
        AssertSameBits<float>(function);
        AssertSameBits<double>(function, residualBound: 1e-10);
    }

    [Fact]
    public void Stacks_of_systems_have_the_same_bits_on_any_number_of_threads_and_solve()
    {
        Function function = Function.Trace(
            [("a", [300, 30, 30]), ("b", [300, 30, 7])],
            v =>
            {
                Value matrix = Value.Einsum("bij,bkj->bik", v[0], v[0]) + (30 * Value.Eye(30));
                return [("positive", Value.MatMul(matrix, Value.SolvePositiveDefinite(matrix, v[1])) - v[1])];
            });
        AssertSameBits<float>(function);
        AssertSameBits<double>(function, residualBound: 1e-10);
    }

    [Fact]
    public void Empty_steps_run_on_any_number_of_threads()
    {
        foreach (Shape shape in new Shape[] { [0], [0, 70_000], [70_000, 0], [0, 0] })
        {
            Function function = Function.Trace(
                x => Value.Concatenate(
                    0, Value.Exp(x).Sum().Reshape(1), x.Sum(-1).Flatten(), Value.Einsum("i,j->ij", x.Flatten(), x.Flatten()).Flatten(),
                    Value.Dot(x, x).Reshape(1)), shape);
            AssertSameBits<float>(function);
            AssertSameBits<double>(function.Vjp());
        }

        AssertSameBits<double>(Function.Trace([("x", [0, 500]), ("y", [500, 700])], v => [("z", Value.MatMul(v[0], v[1]))]));
        AssertSameBits<double>(Function.Trace([("x", [600, 0]), ("y", [0, 700])], v => [("z", Value.MatMul(v[0], v[1]))]));
    }

    private static void AssertSameBits<T>(Function function, double residualBound = double.PositiveInfinity)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new Random(11);
        T[][] inputs =
            [.. function.Inputs.Select(
                input => Enumerable.Range(0, input.Shape.ElementCount).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))
                    .ToArray())];
        T[][] alone = function.Compile<T>(new PlanOptions { Team = ThreadTeam.SingleThread }).Evaluate(inputs);
        Assert.All(
            alone, output =>
                Assert.All(
                    output, element =>
                        Assert.True(double.CreateChecked(T.Abs(element)) <= residualBound || double.IsPositiveInfinity(residualBound))));
        foreach (int size in new[] { 2, 5 })
        {
            using var team = new ThreadTeam(size);
            T[][] together = function.Compile<T>(new PlanOptions { Team = team }).Evaluate(inputs);
            Assert.All(alone.Zip(together), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
        }
    }
}

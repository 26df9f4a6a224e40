using System.Globalization;
using Retrodict.Tests.Shared;

namespace Retrodict.Autodiff.Tests.Tracing;

/// <summary>Functions and plans as text.</summary>
public class PrintingTests
{
    private static readonly Function _layer = Function.Trace(
        [("x", 3), ("w", [2, 3]), ("b", 2)],
        v => [("y", Value.LeakyRelu(Value.MatMul(v["w"], v["x"]) + v["b"], 0.25)), ("norm", Value.Square(v["x"]).Sum() * 1.5)],
        "layer");

    [Fact]
    public void A_function_prints_numbered_nodes_with_shapes() => Assert.Equal(
        """
        layer(%0 x: [3], %1 w: [2, 3], %2 b: [2]) -> (%5 y: [2], %9 norm: [])
          %3: [2] = contract[ab,b->a](%1, %0)
          %4: [2] = add(%3, %2)
          %5: [2] = leaky-relu[slope 0.25](%4)
          %6: [3] = multiply(%0, %0)
          %7: [] = sum[axes [0]](%6)
          %8: [] = constant[1.5]()
          %9: [] = multiply(%7, %8)

        """,
        _layer.ToString(),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void A_plan_prints_its_groups_and_totals() => Assert.Equal(
        """
        plan of layer for Double: 4 steps, 23 FLOP, 232 bytes moved, arena 128 bytes
          %5: [2] <- %3 = contract[ab,b->a](%1, %0); %4 = add(%3, %2); %5 = leaky-relu[slope 0.25](%4)  [16 FLOP, 104 bytes]
          %6: [3] = multiply(%0, %0)  [3 FLOP, 72 bytes]
          %7: [] = sum[axes [0]](%6)  [3 FLOP, 32 bytes]
          %9: [] = multiply(%7, %8)  [1 FLOP, 24 bytes]

        """,
        _layer.Compile<double>().ToString(),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void A_plan_that_is_not_fused_prints_its_kernels_and_totals() => Assert.Equal(
        """
        plan of layer for Double: 6 steps, 23 FLOP, 296 bytes moved, arena 128 bytes
          %3: [2] = contract[ab,b->a](%1, %0)  [12 FLOP, 88 bytes]
          %4: [2] = add(%3, %2)  [2 FLOP, 48 bytes]
          %5: [2] = leaky-relu[slope 0.25](%4)  [2 FLOP, 32 bytes]
          %6: [3] = multiply(%0, %0)  [3 FLOP, 72 bytes]
          %7: [] = sum[axes [0]](%6)  [3 FLOP, 32 bytes]
          %9: [] = multiply(%7, %8)  [1 FLOP, 24 bytes]

        """,
        _layer.Compile<double>(new PlanOptions { Fuse = false }).ToString(),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void Values_print_their_number_and_shape() => Function.Trace(
        x =>
        {
            Assert.Equal("%0: [2, 3]", x.ToString());
            Assert.Equal("%1: []", x.Sum().ToString());
            Assert.Equal("constant: [2]", Value.Constant([1, 2]).ToString());
            return x;
        },
        [2, 3]);

    [Fact]
    public void Library_text_has_no_decimal_comma()
    {
        CommaCulture.Run(() =>
        {
            Assert.Equal("0,25", 0.25.ToString(CultureInfo.CurrentCulture));
            Function f = Function.Trace(x => Value.LeakyRelu(x * 1.5, 0.25) + Value.Constant([0.5, -0.125]), 2);
            Plan<double> plan = f.Compile<double>();
            string[] texts =
            [
                f.ToString(), plan.ToString(), f.Jvp().ToString(), f.Vjp().Compile<float>().ToString(),
                f.Batch(12_345).Compile<double>().ToString(), f.Jacobian().ToString(),
                Assert.Throws<ShapeException>(() => Function.Trace(x => x.Reshape(1234567), 2)).Message,
                Assert.Throws<ShapeException>(() => Function.Trace(x => x.Slice(0, -1234, 5), 2)).Message,
                Assert.Throws<ArgumentException>(() => plan.Evaluate(new double[1_234_567])).Message,
            ];
            Assert.All(texts, text => Assert.DoesNotMatch(@"\d,\d", text));
            Assert.Contains("1.5", texts[0], StringComparison.Ordinal);
            Assert.Contains("slope 0.25", texts[1], StringComparison.Ordinal);
        });
    }
}

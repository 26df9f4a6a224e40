using System.Runtime.InteropServices;
using Retrodict.Autodiff.Tests.Execution;

namespace Retrodict.Autodiff.Tests.Fusion;

/// <summary>Bias and activation run behind the product or convolution before them.</summary>
public class EpilogueTests
{
    [Theory]
    [InlineData(1, 5, 7)]
    [InlineData(4, 4, 4)]
    [InlineData(40, 30, 20)]
    [InlineData(300, 257, 129)]
    [InlineData(700, 3, 600)]
    public void Bias_and_activation_join_a_product(int rows, int inner, int columns)
    {
        Function f = Function.Trace(
            [("x", [rows, inner]), ("w", [inner, columns]), ("b", columns)],
            v => [("y", Value.LeakyRelu(Value.MatMul(v["x"], v["w"]) + v["b"], 0.1))]);
        Plan<double> plan = GroupingTests.Checked(f);
        Assert.Equal(1, plan.StepCount);
        Assert.Equal(0, plan.ArenaBytes);
        OnThreads(f);
    }

    [Fact]
    public void A_product_stored_by_columns_takes_them_too()
    {
        Function f = Function.Trace(
            [("x", [200, 50]), ("w", [50, 300]), ("b", [300, 1])],
            v => [("y", Value.Tanh(Value.Einsum("ik,kj->ji", v["x"], v["w"]) + v["b"]))]);
        Assert.Equal(1, GroupingTests.Checked(f).StepCount);
        OnThreads(f);
    }

    [Fact]
    public void A_stack_of_products_takes_them_too()
    {
        Function f = Function.Trace(
            [("x", [2000, 9, 10]), ("w", [2000, 10, 11]), ("b", 11)], v => [("y", Value.Sin(Value.MatMul(v["x"], v["w"]) + v["b"]))]);
        Assert.Equal(1, GroupingTests.Checked(f).StepCount);
        OnThreads(f);
        Function last = Function.Trace(
            [("x", [9, 10, 2000]), ("w", [10, 11, 2000])], v => [("y", Value.Sin(Value.Einsum("ikb,kjb->ijb", v["x"], v["w"])) + 1)]);
        GroupingTests.Checked(last);
        OnThreads(last);
    }

    [Fact]
    public void What_is_needed_elsewhere_is_kept()
    {
        Function f = Function.Trace(
            [("x", [20, 30]), ("w", [30, 40])],
            v => { Value p = Value.MatMul(v["x"], v["w"]); return [("p", p), ("y", Value.Relu(p)), ("sum", (Value.Exp(p) * p).Sum(0))]; });
        Plan<double> plan = GroupingTests.Checked(f);
        Assert.Equal(2, plan.StepCount);
    }

    [Fact]
    public void A_sum_of_two_products_follows_the_second()
    {
        Function f = Function.Trace(
            [("x", [20, 30]), ("w", [30, 40]), ("u", [30, 40])],
            v => [("y", Value.Tanh(Value.MatMul(v["x"], v["w"]) + Value.MatMul(v["x"], v["u"])))]);
        Assert.Equal(2, GroupingTests.Checked(f).StepCount);
        Function both = Function.Trace(
            [("x", [20, 20]), ("w", [20, 20])],
            v =>
            {
                Value p = Value.MatMul(v["x"], v["w"]);
                Value q = Value.MatMul(v["w"], v["x"]);
                return [("a", Value.Sin(p + q.Sum(0))), ("b", Value.Cos(q + p.Sum(1))), ("c", (p * q) - Value.Exp(q))];
            });
        GroupingTests.Checked(both);
        GroupingTests.Checked(both.Vjp());
    }

    [Fact]
    public void A_product_whose_result_is_read_as_a_broadcast_too_is_right()
    {
        Function f = Function.Trace(
            [("a", [6, 6]), ("x", 6)],
            v =>
            {
                Value p = Value.MatMul(v["a"], v["x"]);
                return [("y", (v["a"] * p) + 1), ("z", p + 1)];
            });
        GroupingTests.Checked(f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32)]
    public void Bias_and_activation_join_a_convolution(int samples)
    {
        Function layer = Function.Trace(
            [("w", [6, 4, 3, 3]), ("b", [6, 1, 1]), ("x", [4, 30, 31])],
            v => [("y", Value.LeakyRelu(Value.Convolve(v["x"], v["w"], new ConvolutionOptions { Padding = Padding.Same }) + v["b"], 0.1))])
                .Batch(samples, "x");
        Plan<double> plan = GroupingTests.Checked(layer);
        Assert.InRange(plan.StepCount, 1, 2);
        Assert.Equal(0, plan.ArenaBytes);
        OnThreads(layer);
        OnThreads(layer.Vjp());
    }

    [Fact]
    public void A_network_of_one_sample_is_a_step_a_layer_and_its_derivative_too()
    {
        Function network = Programs.Small;
        Plan<double> plan = GroupingTests.Checked(network);
        Assert.Single(GroupingTests.Steps(plan), step => step.Contains("tanh", StringComparison.Ordinal));
        GroupingTests.Checked(network.Vjp());
        GroupingTests.Checked(network.Batch(5, "x").Vjp());
    }

    [Fact]
    public void Shared_weights_with_a_batch_of_samples_are_one_product_and_so_is_their_gradient()
    {
        Function layer = Function.Trace(
            [("w", [40, 30]), ("b", 40), ("x", 30)], v => [("y", Value.Tanh(Value.MatMul(v["w"], v["x"]) + v["b"]))]).Batch(50, "x");
        Function loss = Function.Trace(
            [.. layer.Inputs.Select(input => (input.Name, input.Shape))], v => [("loss", Value.Square(layer.Apply([.. v])[0]).Sum())])
                .ValueAndGradient("w", "b");
        string[] products =
            [.. GroupingTests.Steps(loss.Compile<double>()).Where(step => step.Contains("contract", StringComparison.Ordinal))];
        Assert.Equal(2, products.Length);
        Assert.Contains("[50, 40]", products[0], StringComparison.Ordinal);
        Assert.StartsWith("[40, 30]", products[1][(products[1].IndexOf(':', StringComparison.Ordinal) + 2)..], StringComparison.Ordinal);
        Assert.DoesNotContain("[50, 40, 30]", loss.Compile<double>().ToString(), StringComparison.Ordinal);
        GroupingTests.Checked(loss);
    }

    internal static void OnThreads(Function function)
    {
        float[][] inputs = Programs.Inputs<float>(function, 4);
        float[][] expected = function.Compile<float>(new PlanOptions { Team = ThreadTeam.SingleThread, Fuse = false }).Evaluate(inputs);
        foreach (int size in new[] { 1, 2, 3 })
        {
            using var team = new ThreadTeam(size);
            float[][] actual = function.Compile<float>(new PlanOptions { Team = team }).Evaluate(inputs);
            Assert.All(
                expected.Zip(actual),
                pair => Assert.True(MemoryMarshal.AsBytes(pair.First.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(pair.Second.AsSpan()))));
        }
    }
}

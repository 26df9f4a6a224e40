using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>What Simplify does, and what it must leave alone.</summary>
public class SimplificationTests
{
    [Fact]
    public void Constants_are_computed_once()
    {
        Function f = Function.Trace(x => x * (Value.Exp(Value.Constant([0, 0, 1])) + 1).Sum(), 3).Simplify();
        Assert.Equal(["constant", "broadcast", "multiply"], Names(f));
        Assert.Equal(5 + Math.E, Assert.IsType<Literal>(f.Nodes[0].Primitive).Elements[0], 14);
        Assert.Same(f.Nodes[0].Primitive, f.Simplify().Nodes[0].Primitive);
        Assert.Equal(1, f.Compile<double>().StepCount);
    }

    [Fact]
    public void A_function_of_constants_alone_becomes_constants()
    {
        Function f = Function.Trace(
            [], _ => [("y", Value.MatMul(Value.Constant([1, 2]), Value.Constant([3, 4]))), ("ones", Value.Full(1, [5]) * 2)]).Simplify();
        Assert.Equal(
            ["constant", "constant", "broadcast"],
            Names(f).Order(StringComparer.Ordinal).Reverse().Order(StringComparer.Ordinal).OrderByDescending(n => n));
        double[][] y = f.Compile<double>().Evaluate();
        Assert.Equal([11], y[0]);
        Assert.Equal([2, 2, 2, 2, 2], y[1]);
    }

    [Fact]
    public void Large_constants_stay_programs()
    {
        Value long1 = Value.Constant(Programs.Data<double>(1100, 1));
        Value long2 = Value.Constant(Programs.Data<double>(1100, 2));
        Function f = Function.Trace(x => x * Value.Exp(Value.Einsum("i,j->ij", long1, long2)), [1100, 1100]).Simplify();
        Assert.True(1100 * 1100 > ConstantFolding.ElementLimit);
        Assert.Contains("exp", Names(f));
        Assert.All(f.Nodes.Select(node => node.Primitive).OfType<Literal>(), literal => Assert.Equal(1100, literal.Elements.Length));
    }

    [Fact]
    public void A_large_broadcast_is_not_written_out_to_fold_it()
    {
        Function f = Function.Trace(
            x => x * Value.Full(2, [2000, 2000]).Sum(0)[0] + Value.MatMul(Value.Eye(4000), Value.Full(1, 4000)).Sum(), 3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        f.Simplify();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void Common_subexpressions_are_computed_once()
    {
        Function f = Function.Trace(
            x => (Value.Sin(x) * Value.Constant([1, 2, 3])) + Value.Cos(Value.Sin(x) * Value.Constant([1, 2, 3])), 3).Simplify();
        Assert.Equal(["sin", "constant", "multiply", "cos", "add"], Names(f));
        Function attributes = Function.Trace(x => Value.LeakyRelu(x, 0.1) + Value.LeakyRelu(x, 0.2) + Value.LeakyRelu(x, 0.1), 3)
            .Simplify();
        Assert.Equal(2, Names(attributes).Count(name => name == "leaky-relu"));
    }

    [Fact]
    public void Zero_and_minus_zero_are_different_constants()
    {
        Function f = Function.Trace(x => Value.Stack(x / 0.0, x / -0.0), Shape.Scalar).Simplify();
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity], f.Compile<double>().Evaluate([1.0])[0]);
    }

    [Fact]
    public void Dead_code_goes_and_inputs_stay()
    {
        Function f = Function.Trace(
            [("a", 3), ("b", 3)],
            v =>
            {
                Value unused = Value.Exp(v["b"]);
                for (int i = 0; i < 10; i++)
                {
                    unused = Value.Sin(unused);
                }

                return [("y", v["a"] * 2)];
            });
        Assert.Equal(14, f.NodeCount);
        Function simple = f.Simplify();
        Assert.Equal(["a", "b"], simple.Inputs.Select(v => v.Name));
        Assert.Equal(["constant", "broadcast", "multiply"], Names(simple));
        Assert.Equal(1, f.Compile<double>(new PlanOptions { Simplify = false }).StepCount);
    }

    [Fact]
    public void No_NaN_is_lost()
    {
        Function f = Function.Trace(
            [("x", 3)], v => [("zero", v[0] * 0), ("difference", v[0] - v[0]), ("quotient", v[0] / v[0]), ("sum", (v[0] * -0.0).Sum())]);
        Assert.Equal(2, Names(f.Simplify()).Count(name => name == "multiply"));
        double[][] y = f.Compile<double>().Evaluate([double.NaN, double.PositiveInfinity, 1]);
        Assert.Equal([[double.NaN, double.NaN, 0], [double.NaN, double.NaN, 0], [double.NaN, double.NaN, 1], [double.NaN]], y);
    }

    [Fact]
    public void Neutral_elements_vanish()
    {
        Function f = Function.Trace(
            x => Value.Pow(((x + 0) * 1 / 1) - 0, 1).Reshape(3, 1).Reshape(3).Reverse().Reverse().BroadcastTo(3)[..], 3).Simplify();
        Assert.Empty(f.Nodes);
        Assert.Equal([1, 2, 3], f.Compile<double>().Evaluate([1, 2, 3])[0]);
    }

    [Fact]
    public void A_contraction_with_the_identity_is_a_permutation()
    {
        Assert.Empty(Function.Trace(x => Value.MatMul(Value.Eye(4), x), [4, 3]).Simplify().Nodes);
        Assert.Empty(Function.Trace(x => Value.MatMul(x, Value.Eye(4)), [5, 4]).Simplify().Nodes);
        Assert.Equal(["permute"], Names(Function.Trace(x => Value.Einsum("ij,kj->ik", Value.Eye(4), x), [3, 4]).Simplify()));
        Assert.Empty(Function.Trace(x => Value.Einsum("abc,cd->abd", x, Value.Eye(4)), [2, 3, 4]).Simplify().Nodes);
        Assert.Contains("contract", Names(Function.Trace(x => Value.Einsum("ij,ij->", x, Value.Eye(4)), [4, 4]).Simplify()));
    }

    [Fact]
    public void The_Jacobian_of_a_linear_model_is_its_matrix()
    {
        Value matrix = Value.Constant(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Function wide = Function.Trace(x => Value.MatMul(matrix, x) + 1, 3).Jacobian().Simplify();
        Function tall = Function.Trace(x => Value.MatMul(matrix.Permute(), x) * 2, 2).Jacobian().Simplify();
        Function stacked = Function.Trace(x => Value.Einsum("ij,kj->ki", matrix, x), [4, 3]).Jacobian().Simplify();
        Assert.Equal(["constant"], Names(wide));
        Assert.Equal(["constant"], Names(tall));
        Assert.Equal([1, 2, 3, 4, 5, 6], wide.Compile<double>().Evaluate([0, 0, 0])[0]);
        Assert.Equal([2, 8, 4, 10, 6, 12], tall.Compile<double>().Evaluate([0, 0])[0]);
        Assert.Equal(["constant"], Names(stacked));
        Assert.Equal(0, wide.Compile<double>().Steps.Count(step => step is not Autodiff.Execution.CopyStep<double>));
    }

    [Fact]
    public void The_weight_gradient_of_a_batch_is_one_product()
    {
        const int Samples = 7, Out = 5, In = 3;
        Function sample = Function.Trace(
            [("w", [Out, In]), ("x", In)], v => [("y", Value.Square(Value.Tanh(Value.MatMul(v["w"], v["x"]))).Sum())]);

        Function batchThenGradient = Function.Trace(
            [("w", [Out, In]), ("x", [Samples, In])], v => [("y", sample.Batch(Samples, "x").Apply(v[0], v[1])[0].Sum())]).Gradient("w")
                .Simplify();
        Function gradientThenBatch = Function.Trace(
            [("w", [Out, In]), ("x", [Samples, In])], v => [("y", sample.Gradient("w").Batch(Samples, "x").Apply(v[0], v[1])[0].Sum(0))])
                .Simplify();

        foreach (Function f in new[] { batchThenGradient, gradientThenBatch })
        {
            Assert.DoesNotContain(f.Shapes, shape => shape.ElementCount >= Samples * Out * In);
            Node product = Assert.Single(f.Nodes, node => node.Primitive is Contract && f.Shapes[node.FirstResult] == [Out, In]);
            Assert.Equal(2, f.Nodes.Count(node => node.Primitive is Contract));
            Assert.Equal(f.OutputNumbers[0], product.FirstResult);
        }

        double[][] inputs = Programs.Inputs<double>(batchThenGradient, 3);
        Assert.Equal(
            batchThenGradient.Compile<double>().Evaluate(inputs)[0], gradientThenBatch.Compile<double>().Evaluate(inputs)[0],
            (p, q) => Math.Abs(p - q) < 1e-13);
    }

    [Fact]
    public void Deep_networks_batch_without_arrays_of_batch_by_out_by_in()
    {
        Function sample = Function.Trace(
            [("w1", [16, 8]), ("w2", [4, 16]), ("x", 8)],
            v => [("y", Value.Square(Value.MatMul(v["w2"], Value.Relu(Value.MatMul(v["w1"], v["x"])))).Sum())]);
        Function loss = Function.Trace(
            [("w1", [16, 8]), ("w2", [4, 16]), ("x", [32, 8])], v => [("y", sample.Batch(32, "x").Apply(v[0], v[1], v[2])[0].Mean())]);
        Function gradient = loss.Gradient("w1", "w2").Simplify();
        Assert.All(gradient.Shapes, shape => Assert.InRange(shape.ElementCount, 0, 32 * 16));
        Assert.Equal(5, gradient.Nodes.Count(node => node.Primitive is Contract));
    }

    [Fact]
    public void StopGradient_outlives_Simplify_and_not_compilation()
    {
        Function f = Function.Trace(x => (Value.StopGradient(x * 2) * x).Sum(), 3).Simplify();
        Assert.Contains("stop-gradient", Names(f));
        Assert.Equal([2, 4, 6], f.Gradient().Simplify().Compile<double>().Evaluate([1, 2, 3])[0]);
        Assert.DoesNotContain("stop-gradient", f.Compile<double>().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "stop-gradient", f.Compile<double>(new PlanOptions { Simplify = false }).ToString(), StringComparison.Ordinal);
        Assert.Equal(["stop-gradient"], Names(Function.Trace(x => Value.StopGradient(Value.StopGradient(x)), 3).Simplify()));
    }

    [Fact]
    public void A_derivative_rule_of_ones_own_outlives_Simplify_and_not_compilation()
    {
        Function model = Function.Trace(x => Value.Floor(x), 3).Named("model");
        Function straight = model.WithJvp(Function.Trace([("x", 3), ("dx", 3)], v => [("dy", v["dx"] * 10)]));
        Function f = Function.Trace(x => (straight.Apply(x)[0] * x).Sum(), 3).Simplify();
        Assert.Contains("model (own derivative)", f.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("model (own", f.Compile<double>().ToString(), StringComparison.Ordinal);
        Assert.Equal([11 + 0.0], [f.Compile<double>().Evaluate([1.5, 2.5, 2.0])[0][0] + 0.5]);
        Assert.Equal([1 + 15, 2 + 25, 2 + 20], f.Gradient().Compile<double>().Evaluate([1.5, 2.5, 2.0])[0]);
        Assert.Contains("own derivative", f.Batch(2).Simplify().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Simplify_of_the_simplified_changes_nothing()
    {
        foreach (Function f in new[] { Programs.Small, Programs.Small.Vjp(), Programs.Large.Jvp(), Programs.Small.Jvp().Batch(3) })
        {
            Function once = f.Simplify();
            Assert.Equal(once.ToString(), once.Simplify().ToString());
        }
    }

    private static IEnumerable<string> Names(Function f) => f.Nodes.Select(node => node.Primitive.Name);
}

namespace Retrodict.Autodiff.Tests.Tracing;

/// <summary>Named inputs and outputs of traced functions.</summary>
public class NamesTests
{
    [Fact]
    public void Inputs_and_outputs_keep_their_names_order_and_shapes()
    {
        Function f = Function.Trace(
            [("a", [2, 3]), ("b", 3)], x => [("sum", x["a"] + x["b"]), ("first", x[0]), ("total", x["b"].Sum())], "example");

        Assert.Equal("example", f.Name);
        Assert.Equal([new Variable("a", [2, 3]), new Variable("b", 3)], f.Inputs);
        Assert.Equal([new Variable("sum", [2, 3]), new Variable("first", [2, 3]), new Variable("total", Shape.Scalar)], f.Outputs);
        double[][] y = f.Compile<double>().Evaluate((double[])[1, 2, 3, 4, 5, 6], (double[])[10, 20, 30]);
        Assert.Equal([11, 22, 33, 14, 25, 36], y[0]);
        Assert.Equal([1, 2, 3, 4, 5, 6], y[1]);
        Assert.Equal([60], y[2]);
    }

    [Fact]
    public void The_short_form_names_x_and_y()
    {
        Function f = Function.Trace(x => -x, 4);
        Assert.Equal("x: [4]", Assert.Single(f.Inputs).ToString());
        Assert.Equal("y: [4]", Assert.Single(f.Outputs).ToString());
    }

    [Fact]
    public void A_function_takes_another_name() => Assert.Equal("wing", Function.Trace(x => -x, 4).Named("wing").Name);

    [Fact]
    public void The_body_receives_inputs_by_name_position_and_enumeration() => Function.Trace(
        [("a", 1), ("b", 2)],
        x =>
        {
            Assert.Equal(2, x.Count);
            Assert.Same(x[1], x["b"]);
            Assert.Equal([x["a"], x["b"]], x);
            return [("y", x[0])];
        });

    [Fact]
    public void An_unknown_input_name_is_answered_with_those_there_are()
    {
        var e = Assert.Throws<KeyNotFoundException>(() => Function.Trace([("speed", 1), ("chord", 2)], x => [("y", x["sped"])]));
        Assert.Equal("There is no input called 'sped'; there are: speed, chord.", e.Message);
    }

    [Fact]
    public void Two_inputs_of_one_name_are_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Function.Trace([("a", 1), ("a", 2)], x => [("y", x[0])]));
        Assert.Equal("Two inputs are called 'a'; names must differ.", e.Message);
    }

    [Fact]
    public void Two_outputs_of_one_name_are_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Function.Trace([("a", 1)], x => [("y", x[0]), ("y", -x[0])], "twice"));
        Assert.Equal("Two outputs of 'twice' are called 'y'; names must differ.", e.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Names_are_not_blank(string? name)
    {
        Assert.ThrowsAny<ArgumentException>(() => Function.Trace([(name!, 1)], x => [("y", x[0])]));
        var e = Assert.Throws<ArgumentException>(() => Function.Trace([("a", 1)], x => [("y", x[0]), (name!, x[0])]));
        Assert.Equal("Output 1 of 'function' has no name.", e.Message);
    }

    [Fact]
    public void A_null_output_is_refused_by_name()
    {
        var e = Assert.Throws<ArgumentException>(() => Function.Trace([("a", 1)], x => [("y", x[0]), ("z", null!)]));
        Assert.Equal("The output 'z' of 'function' is null.", e.Message);
        Assert.Throws<ArgumentException>(() => Function.Trace(x => null!, 3));
    }

    [Fact]
    public void A_body_that_returns_null_is_refused() =>
        Assert.Contains(
            "returned null", Assert.Throws<ArgumentException>(() => Function.Trace([("a", 1)], _ => null!, "nothing")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_function_may_have_no_outputs()
    {
        Function f = Function.Trace([("a", 1)], _ => []);
        Assert.Empty(f.Outputs);
        Assert.Empty(f.Compile<double>().Evaluate([1.0]));
    }

    [Fact]
    public void Names_that_transforms_make_never_collide()
    {
        Function f = Function.Trace([("x", 2), ("x.tangent", 2)], v => [("y", v[0] * v[1]), ("y.tangent", Value.Sin(v[0]))]);
        Function jvp = f.Jvp("x");
        Assert.Equal(["x", "x.tangent", "x.tangent2"], jvp.Inputs.Select(v => v.Name));
        Assert.Equal(jvp.Outputs.Count, jvp.Outputs.Select(v => v.Name).Distinct().Count());
        Function vjp = f.Vjp().Vjp();
        Assert.Equal(vjp.Inputs.Count, vjp.Inputs.Select(v => v.Name).Distinct().Count());
    }

    [Fact]
    public void The_value_and_gradient_of_a_gradient_keep_apart()
    {
        Function second = Function.Trace(x => Value.Sin(x), Shape.Scalar).Gradient().ValueAndGradient();
        Assert.Equal(["x.gradient", "x.gradient2"], second.Outputs.Select(v => v.Name));
        double[][] y = second.Compile<double>().Evaluate([0.3]);
        Assert.Equal(Math.Cos(0.3), y[0][0], 15);
        Assert.Equal(-Math.Sin(0.3), y[1][0], 15);
    }

    [Fact]
    public void A_primal_part_linearizes_again()
    {
        Linearization first = Function.Trace(x => Value.Sin(x) * x, 3).Linearize();
        Linearization second = first.Primal.Linearize();
        Assert.Equal(second.Primal.Outputs.Count, second.Primal.Outputs.Select(v => v.Name).Distinct().Count());
        Assert.Equal(first.Primal.Outputs.Count, second.Linear.Outputs.Count);
    }

    [Fact]
    public void Transforms_refuse_names_that_are_unknown_or_named_twice()
    {
        Function f = Function.Trace([("a", 2), ("b", 2)], x => [("y", (x[0] * x[1]).Sum())]);
        Assert.Throws<KeyNotFoundException>(() => f.Gradient("c"));
        Assert.Throws<KeyNotFoundException>(() => f.Jacobian("c"));
        Assert.Contains("'a' is named twice", Assert.Throws<ArgumentException>(() => f.Jvp("a", "a")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => f.Batch(-1));
    }
}

namespace Retrodict.Autodiff.Tests.Tracing;

/// <summary>Which values an operation may use: those of its own trace, and constants.</summary>
public class ScopeTests
{
    [Fact]
    public void A_value_captured_from_an_outer_trace_is_refused_and_the_message_says_what_to_do()
    {
        foreach (Func<Value, Value, Value> body in new Func<Value, Value, Value>[]
        {
            (outer, inner) => inner + outer,
            (outer, inner) => outer + inner,
            (outer, inner) => Value.MatMul(inner, outer),
            (outer, _) => outer,
            (outer, _) => Value.Sin(outer),
            (outer, inner) => Value.Concatenate(0, inner, outer),
            (outer, inner) => Value.Select(inner, outer, 0),
        })
        {
            var e = Assert.Throws<InvalidOperationException>(() => Function.Trace(
                outer => Function.Trace(inner => body(outer, inner), 3).Apply(outer)[0], 3));
            Assert.Contains("belongs to another trace. Pass it to the inner function as an input", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_function_traced_inside_a_trace_applies_there()
    {
        Function f = Function.Trace(x => Function.Trace(v => v * 2, 3).Apply(x)[0] + 1, 3);
        Assert.Equal([3, 5, 7], f.Compile<double>().Evaluate([1, 2, 3])[0]);
    }

    [Fact]
    public void A_value_is_refused_after_its_trace_has_ended()
    {
        Value? kept = null;
        Function.Trace(x => kept = x, 3);
        foreach (Func<Value, Value> use in new Func<Value, Value>[]
        {
            Value.Sin, x => x + x, x => x + 1, x => 1 - x, x => x * Value.Constant([1, 2, 3]), x => x.Sum(), x => x[0], x => x[1..],
            x => Value.Select(x, 1, 2),
            x => Value.Clamp(x, 0, 1), x => x.Reshape([3, 1]), x => Value.Stack(x, x), x => Value.MatMul(x, x), x => x.BroadcastTo([2, 3]),
            x => Function.Trace(v => v * 2, 3).Apply(x)[0],
        })
        {
            string message = Assert.Throws<InvalidOperationException>(() => use(kept!)).Message;
            Assert.Contains("whose trace has ended", message, StringComparison.Ordinal);
            Assert.Contains("return what you need as outputs", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_value_of_an_ended_trace_is_refused_inside_another()
    {
        Value? kept = null;
        Function.Trace(x => kept = x, 3);
        Assert.Contains(
            "another trace", Assert.Throws<InvalidOperationException>(() => Function.Trace(x => x + kept!, 3)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "has ended", Assert.Throws<InvalidOperationException>(() => Function.Trace(x => kept! + x, 3)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_outside_of_a_trace_cannot_be_computed_with()
    {
        Value c = 2.0;
        Value v = Value.Constant([1, 2, 3]);
        foreach (Func<Value> use in new Func<Value>[] { () => c + c, () => Value.Sin(v), () => v + 1, () => v.Sum(), () => Value.Eye(3),
            () => v[0] })
        {
            string message = Assert.Throws<InvalidOperationException>(use).Message;
            Assert.Contains(
                "constants outside of a trace. Call it inside the function given to Function.Trace", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_constant_is_stored_once_a_trace_and_serves_many()
    {
        Value c = Value.Constant([1, 2, 3]);
        for (int i = 0; i < 3; i++)
        {
            Function f = Function.Trace(x => (x + c) * c - c, 3);
            Assert.Equal(4, f.NodeCount);
            Assert.Equal([1, 6, 15], f.Compile<double>().Evaluate([1, 2, 3])[0]);
        }
    }

    [Fact]
    public void A_constant_copies_its_elements()
    {
        double[] elements = [1, 2, 3];
        Value c = Value.Constant(elements);
        elements[0] = 100;
        Assert.Equal([1, 2, 3], Function.Trace([], _ => [("y", c)]).Compile<double>().Evaluate()[0]);
    }

    [Fact]
    public void Constants_serve_traces_on_many_threads_at_once()
    {
        Value c = Value.Constant([1, 2, 3]);
        Parallel.For(0, 64, i =>
        {
            Function f = Function.Trace(x => (x * c) + i, 3);
            Assert.Equal(
                [1 + i, 4 + i, 9 + i], f.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread }).Evaluate([1, 2, 3])[0]);
        });
    }

    [Fact]
    public void Constants_check_their_shape()
    {
        Assert.Equal([2, 2], Value.Constant(new double[,] { { 1, 2 }, { 3, 4 } }).Shape);
        Assert.Equal("constant: 3 elements do not fill the shape [2, 2], which has 4.",
            Assert.Throws<ShapeException>(() => Value.Constant([1, 2, 3], [2, 2])).Message);
    }

    [Fact]
    public void A_body_that_throws_leaves_no_trace_open()
    {
        Assert.Throws<NotSupportedException>(() => Function.Trace(x => throw new NotSupportedException(), 3));
        Assert.Throws<InvalidOperationException>(() => Value.Eye(2));
        Function.Trace(
            x =>
            {
                Assert.Throws<NotSupportedException>(() => Function.Trace(v => throw new NotSupportedException(), 3));
                return Value.MatMul(Value.Eye(3), x);
            },
            3);
    }

    [Fact]
    public void Apply_checks_the_number_of_arguments()
    {
        Function f = Function.Trace([("a", 2), ("b", [2, 3])], x => [("y", x[0])], "pair");
        Function.Trace(
            x =>
            {
                var e = Assert.Throws<ArgumentException>(() => f.Apply(x));
                Assert.Equal("'pair' takes 2 inputs (a: [2], b: [2, 3]), but 1 were given.", e.Message);
                return x;
            },
            2);
    }

    [Fact]
    public void Apply_checks_shapes_and_names_the_input()
    {
        Function f = Function.Trace([("a", 2), ("b", [2, 3])], x => [("y", x[0])], "pair");
        Function.Trace(
            x =>
            {
                var e = Assert.Throws<ShapeException>(() => f.Apply(x, x));
                Assert.Equal("The input 'b' of 'pair' has shape [2, 3], but a value of shape [2] was given.", e.Message);
                Assert.Throws<ArgumentNullException>("a", () => f.Apply(null!, x));
                return x;
            },
            2);
    }

    [Fact]
    public void Apply_returns_every_output()
    {
        Function f = Function.Trace([("a", 2)], x => [("twice", x[0] * 2), ("total", x[0].Sum())]);
        Function g = Function.Trace(x => f.Apply(x) is [var twice, var total] ? twice + total : x, 2);
        Assert.Equal([5, 7], g.Compile<double>().Evaluate([1, 2])[0]);
    }

    [Fact]
    public void Null_operands_are_named()
    {
        Function.Trace(
            x =>
            {
                foreach (Action use in new Action[]
                {
                    () => _ = x + null!, () => _ = null! * x, () => Value.Sin(null!), () => Value.Select(null!, x, x),
                    () => Value.Select(x, null!, x),
                    () => Value.MatMul(x, null!), () => Value.Concatenate(0, x, null!), () => Value.Concatenate(0, null!, x),
                    () => Value.Concatenate(0, [null!]),
                    () => Value.Stack(x, null!), () => Value.Stack(null!, x), () => Value.Max(x, null!), () => Value.Clamp(x, null!, 1),
                    () => Value.Einsum(null!, x, x),
                    () => Value.Dot(x, null!), () => Value.Cholesky(null!), () => Value.SolveTriangular(null!, x),
                    () => Value.SolveTriangular(x, null!),
                    () => Value.Constant(null!),
                })
                {
                    Assert.ThrowsAny<ArgumentNullException>(use);
                }

                return x;
            },
            2);
    }
}

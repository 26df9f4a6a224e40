namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>External models have first derivatives of their user's or by differences, and say so where one is missing.</summary>
public class ExternalModelTests
{
    private static readonly ExternalModel _own = PrimitiveCases.Simulator;

    private static readonly ExternalModel _differences =
        _own with { Name = "differences", Jvp = null, Vjp = null, FiniteDifferences = true };

    private static Function Traced(Func<Value, Value> model) =>
        Function.Trace(x => Value.Exp(0.5 * model(Value.Sin(x))) * x[0], 3);

    private static Function Reference => Traced(x => Value.Stack(x[0] * Value.Exp(x[1]), Value.Sin(x[0]) * x[2]));

    [Fact]
    public void Own_derivatives_go_both_ways()
    {
        Check(f => f.Jacobian(), 1e-14);
        Check(f => f.Jvp(), 1e-14);
        Check(f => f.Vjp(), 1e-14);
        Check(f => f.Batch(4), 1e-14);
        Check(f => f.Vjp().Batch(3), 1e-14);
        Check(f => f.Batch(3).Vjp(), 1e-14);
        Check(f => f.Linearize().Linear.Transpose("x.tangent"), 1e-14);

        static void Check(Func<Function, Function> transform, double tolerance) => Compare(transform, _own, tolerance);
    }

    [Fact]
    public void Differences_go_both_ways()
    {
        Compare(f => f.Jacobian(), _differences, 1e-8);
        Compare(f => f.Vjp(), _differences, 1e-8);
        Compare(f => f.Jvp().Batch(2), _differences, 1e-8);
    }

    [Fact]
    public void Single_precision_plans_call_the_model_in_double()
    {
        float[] x = [0.3f, -0.2f, 0.7f];
        float[] expected = Reference.Compile<float>().Evaluate(x)[0];
        float[] actual = Traced(_own.Apply).Compile<float>().Evaluate(x)[0];
        Numbers.AssertClose("float", [[.. expected.Select(v => (double)v)]], [[.. actual.Select(v => (double)v)]], 1e-6);
    }

    [Fact]
    public void A_model_inside_a_loop_is_differentiated_too()
    {
        static Function Loop(Func<Value, Value> model) =>
            Function.Trace(x => Value.Repeat(3, x, s => Value.Concatenate(0, 0.3 * model(s), s[2..])).Sum(), 3);
        Function gradient = Loop(_own.Apply).Gradient();
        Function expected = Loop(x => Value.Stack(x[0] * Value.Exp(x[1]), Value.Sin(x[0]) * x[2])).Gradient();
        Numbers.AssertClose(
            "loop", expected.Compile<double>().Evaluate([0.3, -0.2, 0.7]), gradient.Compile<double>().Evaluate([0.3, -0.2, 0.7]), 1e-14);
    }

    [Fact]
    public void A_missing_derivative_fails_when_the_transform_is_applied_and_names_the_model()
    {
        Function forwardOnly = Traced((_own with { Name = "forward only", Vjp = null }).Apply);
        Function reverseOnly = Traced((_own with { Name = "reverse only", Jvp = null }).Apply);
        forwardOnly.Jvp();
        reverseOnly.Vjp();
        Assert.Contains(
            "'forward only' has no vector-Jacobian product", Assert.Throws<NotSupportedException>(() => forwardOnly.Vjp()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'reverse only' has no Jacobian-vector product", Assert.Throws<NotSupportedException>(() => reverseOnly.Jvp()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "FiniteDifferences", Assert.Throws<NotSupportedException>(() => Traced((_own with { Jvp = null, Vjp = null }).Apply).Jacobian())
                .Message, StringComparison.Ordinal);
        Function looped = Function.Trace(
            x => Value.Repeat(2, x, s => Value.Concatenate(0, (_own with { Name = "looped", Vjp = null }).Apply(s), s[2..])), 3);
        Assert.Contains("'looped'", Assert.Throws<NotSupportedException>(() => looped.Vjp()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jacobian_takes_the_direction_that_the_model_has()
    {
        Function expected = Reference.Jacobian();
        double[] x = [0.3, -0.2, 0.7];
        foreach (ExternalModel model in new[] { _own with { Vjp = null }, _own with { Jvp = null } })
        {
            Numbers.AssertClose(
                model.Name, expected.Compile<double>().Evaluate(x), Traced(model.Apply).Jacobian().Compile<double>().Evaluate(x), 1e-13);
        }
    }

    [Fact]
    public void A_second_derivative_is_refused_by_name()
    {
        Function f = Traced(_own.Apply);
        Assert.Contains(
            "'simulator' has no second derivative", Assert.Throws<NotSupportedException>(() => f.Jvp().Jvp("x")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'simulator' has no second derivative", Assert.Throws<NotSupportedException>(() => f.Vjp().Vjp("x")).Message,
            StringComparison.Ordinal);

        // Linear in the tangent, so that derivative is there.
        f.Jvp().Vjp("x.tangent");
    }

    [Fact]
    public void Shapes_are_checked()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Function.Trace(x => _own.Apply(x), 4));
        Assert.Contains("external model 'simulator': takes [3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_exceptions_reach_the_caller()
    {
        ExternalModel failing = _own with { Evaluate = (_, _) => throw new InvalidOperationException("the simulator is out of order") };
        Assert.Equal(
            "the simulator is out of order",
            Assert.Throws<InvalidOperationException>(() => Traced(failing.Apply).Compile<double>().Evaluate([1.0, 2, 3])).Message);
    }

    private static void Compare(Func<Function, Function> transform, ExternalModel model, double tolerance)
    {
        Function expected = transform(Reference);
        Function actual = transform(Traced(model.Apply));
        var random = new Random(5);
        double[][] inputs = [.. actual.Inputs.Select(input => Domain.Direction.Sample(random, input.Shape.ElementCount))];
        if (expected.Inputs.Count == actual.Inputs.Count && expected.Inputs.Zip(actual.Inputs).All(pair => pair.First == pair.Second))
        {
            Numbers.AssertClose(
                model.Name, expected.Compile<double>().Evaluate(inputs), actual.Compile<double>().Evaluate(inputs), tolerance);
        }
        else
        {
            // A linearized part has residuals of its own; its shape is what can be compared.
            Assert.Equal(expected.Outputs.Select(y => y.Shape), actual.Outputs.Select(y => y.Shape));
        }
    }
}

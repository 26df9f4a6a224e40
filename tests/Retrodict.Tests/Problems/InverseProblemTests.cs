using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

public sealed class InverseProblemTests
{
    private static readonly Function _model = Function.Trace(x => Value.Stack(x[0] * x[1], x[0], x[2]), 3);

    [Fact]
    public void Defaults_are_plain_unbounded_least_squares()
    {
        InverseProblem problem = new(x => x * x, 4);
        Assert.Equal((4, 4), (problem.Unknowns, problem.Observations));
        Assert.Same(Box.Unbounded, problem.Bounds);
        Assert.Same(Noise.One, problem.Noise);
        Assert.Same(Scale.One, problem.ObservationScale);
        Assert.Null(problem.Prior);
    }

    [Fact]
    public void Unknowns_and_observations_count_elements_of_any_shape()
    {
        InverseProblem problem = new(x => Value.MatMul(x, Value.Constant(new double[3, 5])), Shape.Of([2, 3]));
        Assert.Equal((6, 10), (problem.Unknowns, problem.Observations));
    }

    [Fact]
    public void The_observation_scale_is_the_noise_until_it_is_set()
    {
        InverseProblem problem = new(_model) { Noise = 0.1 };
        Assert.Equal(0.1, problem.ObservationScale[0]);
        Assert.Equal(2, (problem with { ObservationScale = 2 }).ObservationScale[0]);
        Assert.Equal(0.3, (problem with { Noise = 0.3 }).ObservationScale[0]);
    }

    [Fact]
    public void Parts_of_another_dimension_are_refused_with_both_numbers_named()
    {
        InverseProblem problem = new(_model);
        Contains("2 components", "3 unknowns", () => problem with { Bounds = new Box([0, 0], [1, 1]) });
        Contains("2 components", "3 observations", () => problem with { Noise = new double[] { 1, 1 } });
        Contains("4 components", "3 observations", () => problem with { ObservationScale = new double[] { 1, 1, 1, 1 } });
        Contains("2 unknowns", "has 3", () => problem with { Prior = GaussianPrior.FromCovariance([0, 0], [1, 0, 0, 1]) });
    }

    [Fact]
    public void Missing_parts_are_refused_by_name()
    {
        InverseProblem problem = new(_model);
        Assert.Throws<ArgumentNullException>(() => new InverseProblem(null!));
        Assert.Throws<ArgumentNullException>(() => problem with { Bounds = null! });
        Assert.Throws<ArgumentNullException>(() => problem with { Noise = null! });
        Assert.Throws<ArgumentNullException>(() => problem with { ObservationScale = null! });
        Assert.Null((problem with { Prior = null }).Prior);
    }

    [Fact]
    public void A_model_of_several_inputs_or_outputs_is_refused()
    {
        Function twoInputs = Function.Trace([("a", 2), ("b", 2)], inputs => [("y", inputs[0] + inputs[1])], "sum of two");
        ArgumentException e = Assert.Throws<ArgumentException>(() => new InverseProblem(twoInputs));
        Assert.Contains("'sum of two' has 2 inputs and 1 outputs", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => new InverseProblem(Function.Trace([("a", 2)], inputs => [("y", inputs[0]), ("z", inputs[0])])));
    }

    [Fact]
    public void A_model_without_elements_is_refused() => Assert.Throws<ArgumentException>(() => new InverseProblem(x => x, 0));

    [Fact]
    public void A_model_whose_shapes_do_not_fit_is_refused_when_it_is_traced() =>
        Assert.Throws<ShapeException>(() => new InverseProblem(x => x + Value.Constant([1, 2]), 3));

    private static void Contains(string part, string other, Func<InverseProblem> make)
    {
        string message = Assert.Throws<ArgumentException>(() => make()).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains(other, message, StringComparison.Ordinal);
    }
}

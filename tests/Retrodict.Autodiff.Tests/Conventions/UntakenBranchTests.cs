using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Conventions;

/// <summary>The branch of a select that is not taken contributes nothing, even where it is infinite or NaN.</summary>
public class UntakenBranchTests
{
    public static TheoryData<string> Branches => [.. _branches.Keys];

    private static readonly Dictionary<string, Func<Value, Value>> _branches = new()
    {
        ["root"] = Value.Sqrt,
        ["reciprocal"] = Value.Reciprocal,
        ["quotient"] = x => 1 / x,
        ["quotient of sine"] = x => Value.Sin(x) / x,
        ["logarithm"] = Value.Log,
        ["entropy"] = x => x * Value.Log(x),
        ["power"] = x => Value.Pow(x, 0.5),
        ["negative power"] = x => Value.Pow(x, -1.5),
        ["self power"] = x => Value.Pow(x, x),
        ["exponential of reciprocal"] = x => Value.Exp(-1 / x),
        ["overflow"] = x => Value.Exp(1e6 * (1 - x)),
        ["root of logarithm"] = x => Value.Sqrt(Value.Log(1 + Value.Log(1 + x))),
        ["product of infinities"] = x => Value.Log(x) * Value.Log(x) / x,
        ["quotient of infinities"] = x => Value.Log(x) / (1 / x),
        ["norm"] = x => Value.Sqrt((x * x) + (x * x)),
        ["reshaped and gathered"] = x => Value.Log(x).Reshape(2, 2).Permute().Flatten().Gather(0, 0, 2, 1, 3).Reverse().Reverse(),
        ["matrix product"] = x => Value.MatMul(Value.Log(x).Reshape(4, 1), Value.Log(x).Reshape(1, 4)).Max(1),
        ["inner product"] = x => Value.Dot(Value.Log(x), Value.Sqrt(x)) * x,
        ["product with a constant"] = x => Value.MatMul(Value.Constant(new double[,]
            { { 1, 2, 0, 1 }, { 0, 1, 2, 0 }, { 3, 0, 0, 1 }, { 0, 0, 0, 1 } }), Value.Log(x)),
        ["convolution"] = x => Value.Convolve(
            Value.Log(x).Reshape(1, 4), Value.Log(x[..3]).Reshape(1, 1, 3), new ConvolutionOptions { Padding = Padding.Same }).Flatten(),
        ["solve"] = x => Value.Solve(Value.MatMul(x.Reshape(4, 1), Value.Sqrt(x).Reshape(1, 4)), Value.Log(x)),
        ["least squares"] = x => Value.LeastSquares(Value.Log(x).Reshape(4, 1), Value.Log(x)) * x,
        ["transform"] = x => Value.InverseRealFft(Value.RealFft(Value.Log(x)) * Value.RealFft(1 / x), 4),
        ["loop"] = x => Value.Repeat(3, x, s => Value.Log(s) * Value.Dot(s, Value.Sqrt(s))),
        ["cumulative"] = x => Value.Log(x).Sum() - Value.Log(x),
        ["normalized by its maximum"] = x => Value.Log(x / Value.Max(x, -x)),
    };

    [Theory]
    [MemberData(nameof(Branches))]
    public void First_and_second_derivatives_are_zero_where_the_other_branch_is_taken(string name)
    {
        Func<Value, Value> branch = _branches[name];
        Value F(Value x) => Value.Select(x > 0, branch(x), 0);
        Value G(Value x) => Value.Select(x <= 0, x * x, branch(x));
        double[] points = [0, -0.0, -1, -1e-300];
        Assert.Equal([0, 0, 0, 0], Slopes.At(F, points));
        Assert.Equal([0, 0, -2, -2e-300], Slopes.At(G, points));
        Assert.Equal([0, 0, 0, 0], Slopes.OfSlopesAt(F, points));
        Assert.Equal([2, 2, 2, 2], Slopes.OfSlopesAt(G, points));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public void The_same_holds_in_a_batch_and_for_the_split_derivative(string name)
    {
        Func<Value, Value> branch = _branches[name];
        Function function = Function.Trace(x => Value.Select(x > 0, branch(x), 3 * x), 4);
        double[] points = [0, -0.0, -1, -1e-300];
        double[] twice = [.. points, .. points];
        double[] ones = [.. Enumerable.Repeat(1.0, 8)];
        double[] threes = [.. Enumerable.Repeat(3.0, 8)];
        Assert.Equal(threes, Numbers.Run(function.Batch(2).Vjp(), twice, ones)[1]);
        Assert.Equal(threes, Numbers.Run(function.Vjp().Batch(2), twice, ones)[1]);
        Assert.Equal(threes, Numbers.Run(function.Jvp().Batch(2), twice, ones)[1]);
        Linearization split = function.Linearize();
        Assert.Equal(threes[..4], Numbers.Run(split.Linear, [.. Numbers.Run(split.Primal, points)[1..], ones[..4]])[0]);
    }

    [Fact]
    public void Reductions_of_an_untaken_branch_contribute_nothing()
    {
        Function function = Function.Trace(x => Value.Select(x.Sum() > 0, Value.Log(x).Sum() * Value.Log(x).Max(), x.Sum()), 3);
        Assert.Equal([1, 1, 1], Numbers.Run(function.Gradient(), [0, -1, 0])[0]);
        Assert.Equal([0, 0, 0], Numbers.Run(function.HessianVectorProduct(), [0, -1, 0], [1, 1, 1])[0]);
    }

    [Fact]
    public void A_zero_cotangent_says_nothing_of_a_model_without_derivative_there()
    {
        var model = new ExternalModel
        {
            Name = "logarithm",
            Input = [2],
            Output = [2],
            Evaluate = static (x, y) => (y[0], y[1]) = (Math.Log(x[0]), Math.Log(x[1])),
            Jvp = static (x, v, p) => (p[0], p[1]) = (v[0] / x[0], v[1] / x[1]),
            Vjp = static (x, v, p) => (p[0], p[1]) = (v[0] / x[0], v[1] / x[1]),
        };
        foreach (ExternalModel each in new[] { model, model with { Jvp = null, Vjp = null, FiniteDifferences = true } })
        {
            Function function = Function.Trace(x => Value.Select(x.Sum() > 0, each.Apply(x).Sum(), x.Sum()), 2);
            Assert.Equal([1, 1], Numbers.Run(function.Gradient(), [0, -1])[0]);
            Assert.Equal([3], Numbers.Run(function.Jvp(), [0, -1], [1, 2])[1]);
            Assert.Equal([1, 1, 1, 1], Numbers.Run(function.Gradient().Batch(2), [0, -1, 0, 0])[0]);
        }
    }

    /// <summary>
    /// A product of the user's, which sees a cotangent that is not all zeros, is the user's: it multiplies as it likes. What is computed by
    /// differences has strong zeros.
    /// </summary>
    [Fact]
    public void A_models_own_product_answers_for_its_zeros()
    {
        var model = new ExternalModel
        {
            Name = "reciprocal",
            Input = [2],
            Output = [2],
            Evaluate = static (x, y) => (y[0], y[1]) = (1 / x[0], x[1]),
            Vjp = static (x, v, p) => (p[0], p[1]) = (-v[0] / (x[0] * x[0]), v[1]),
        };
        static Function Program(ExternalModel model) => Function.Trace(x => Value.Select(x > 0, model.Apply(x), x).Sum(), 2);
        Assert.Equal([double.NaN, 1], Numbers.Run(Program(model).Gradient(), [0, 1])[0]);
        double[] slopes = Numbers.Run(Program(model with { Vjp = null, FiniteDifferences = true }).Gradient(), [0, 1])[0];
        Numbers.AssertClose("differences", [1, 1], slopes, 1e-8);
    }

    [Fact]
    public void Any_mask_but_zero_takes_the_first_branch_for_values_and_derivatives()
    {
        Function function = Function.Trace([("mask", 5), ("x", 5), ("y", 5)], v => [("z", Value.Select(v[0], v[1], v[2]))]);
        double[] mask = [2, 0, -0.5, double.NaN, -0.0];
        double[] x = [1, 2, 3, 4, 5];
        double[] y = [6, 7, 8, 9, 10];
        double[] u = [10, 20, double.NaN, 40, double.PositiveInfinity];
        Assert.Equal([1, 7, 3, 4, 10], Numbers.Run(function, mask, x, y)[0]);
        double[][] reverse = Numbers.Run(function.Vjp(), mask, x, y, u);
        Assert.Equal([0, 0, 0, 0, 0], reverse[1]);
        Assert.Equal([10, 0, double.NaN, 40, 0], reverse[2]);
        Assert.Equal([0, 20, 0, 0, double.PositiveInfinity], reverse[3]);
        Assert.Equal(
            [10, 20, double.NaN, 40, 50], Numbers.Run(function.Jvp(), mask, x, y, mask, [10, 0, double.NaN, 40, 0], [0, 20, 1, 1, 50])[1]);
    }
}

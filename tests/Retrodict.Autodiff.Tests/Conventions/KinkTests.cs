using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Conventions;

/// <summary>Derivatives where there is none: the documented choices.</summary>
public class KinkTests
{
    [Fact]
    public void The_absolute_value_has_derivative_zero_at_zero() => Assert.Equal([-1, 0, 0, 1], Slopes.At(Value.Abs, -2, -0.0, 0, 2));

    [Fact]
    public void The_rectified_linear_unit_has_its_slope_as_derivative_at_zero()
    {
        Assert.Equal([0, 0, 0, 1], Slopes.At(Value.Relu, -1, -0.0, 0, 1));
        Assert.Equal([0.25, 0.25, 0.25, 1], Slopes.At(x => Value.LeakyRelu(x, 0.25), -1, -0.0, 0, 1));
    }

    [Fact]
    public void Signs_floors_and_comparisons_have_derivative_zero()
    {
        Assert.Equal([0, 0, 0], Slopes.At(Value.Sign, -1, 0, 1));
        Assert.Equal([0, 0, 0], Slopes.At(Value.Floor, -1, 0, 1.5));
        Assert.Equal([0, 0, 0], Slopes.At(x => x < 0, -1, 0, 1));
        Assert.Equal([0, 0, 0], Slopes.At(x => Value.EqualTo(x, 0), -1, 0, 1));
    }

    [Fact]
    public void Each_side_of_a_tie_gets_half()
    {
        Assert.Equal([0, 0.5, 1], Slopes.At(x => Value.Max(x, 2), 1, 2, 3));
        Assert.Equal([1, 0.5, 0], Slopes.At(x => Value.Min(x, 2), 1, 2, 3));
        Assert.Equal([1.0, 1.0], Slopes.At(x => Value.Max(x, x), 1, 2));
        Assert.Equal([0.5, 0.5], Slopes.At(x => Value.Max(x, 0), -0.0, 0.0));
    }

    [Fact]
    public void Elements_that_tie_for_the_largest_share_equally()
    {
        double[] x = [1, 3, 3, 2, 3, -4];
        Function max = Function.Trace(v => v.Max(), 6);
        double third = 1 / 3.0;
        Assert.Equal([0, third, third, 0, third, 0], Numbers.Run(max.Gradient(), x)[0]);
        Assert.Equal([(4 + 5 + 6) / 3.0], Numbers.Run(max.Jvp(), x, [1, 4, 5, 2, 6, 3])[1]);
        Assert.Equal([0, 0, 0, 0, 0, 1], Numbers.Run(Function.Trace(v => v.Min(), 6).Gradient(), x)[0]);
        Function rows = Function.Trace(v => v.Max(1).Sum(), [2, 3]);
        Assert.Equal([0, 0.5, 0.5, 0, 1, 0], Numbers.Run(rows.Gradient(), x)[0]);
        Function columns = Function.Trace(v => v.Max(0).Sum(), [2, 3]);
        Assert.Equal([0, 0.5, 1, 1, 0.5, 0], Numbers.Run(columns.Gradient(), [1, 3, 3, 2, 3, -4])[0]);
    }

    [Fact]
    public void A_clamp_has_derivative_one_inside_and_on_its_ends() =>
        Assert.Equal([0, 1, 1, 1, 0], Slopes.At(x => Value.Clamp(x, -1, 1), -2, -1, 0, 1, 2));

    [Fact]
    public void A_clamp_hands_its_derivative_to_the_end_it_takes()
    {
        Function clamp = Function.Trace([("x", 3), ("low", []), ("high", [])], v => [("y", Value.Clamp(v[0], v[1], v[2]).Sum())]);
        double[][] gradient = Numbers.Run(clamp.Gradient(), [-2, 0, 3], [-1], [1]);
        Assert.Equal([0, 1, 0], gradient[0]);
        Assert.Equal([1], gradient[1]);
        Assert.Equal([1], gradient[2]);
    }

    [Fact]
    public void A_root_has_an_infinite_derivative_at_zero_unless_the_chain_rule_multiplies_it_by_zero()
    {
        Assert.Equal([double.PositiveInfinity, 0.25], Slopes.At(Value.Sqrt, 0, 4));
        Assert.Equal([double.PositiveInfinity, 0.25], Slopes.At(x => Value.Pow(x, 0.5), 0, 4));
        Assert.Equal([0, 1], Slopes.At(x => Value.Sqrt(x * x), 0, 4));
        Assert.Equal([0, 0.25], Slopes.At(x => Value.Select(x > 0, Value.Sqrt(x), 0), 0, 4));
    }

    [Fact]
    public void Constant_powers_have_the_derivatives_of_polynomials_at_zero_and_below()
    {
        Assert.Equal([0, 0], Slopes.At(x => Value.Pow(x, 0), 0, -2));
        Assert.Equal([1, 1], Slopes.At(x => Value.Pow(x, 1), 0, -2));
        Assert.Equal([0, -4], Slopes.At(x => Value.Pow(x, 2), 0, -2));
        Assert.Equal([0, 12], Slopes.At(x => Value.Pow(x, 3), 0, -2));
        Assert.Equal([2, 2], Slopes.OfSlopesAt(x => Value.Pow(x, 2), 0, -2));
        Assert.Equal([0, -12], Slopes.OfSlopesAt(x => Value.Pow(x, 3), 0, -2));
    }

    [Fact]
    public void Powers_that_are_variables_have_polynomial_derivatives_at_zero_and_below()
    {
        Function power = Function.Trace([("x", 6), ("p", 6)], v => [("y", Value.Pow(v[0], v[1]))]);
        double[] x = [0, 0, 0, -2, -2, 0];
        double[] p = [0, 1, 2, 2, 3, 1.5];
        Assert.Equal([0, 1, 0, -4, 12, 0], Numbers.Run(power.Vjp("x"), x, p, [1, 1, 1, 1, 1, 1])[1]);
        Assert.Equal([0, 1, 0, -4, 12, 0], Numbers.Run(power.Jvp("x"), x, p, [1, 1, 1, 1, 1, 1])[1]);
        Assert.Equal([0.0, 0, 0], Numbers.Run(power.Jvp("p"), x, p, [0, 1, 1, 0, 0, 1])[1][..3]);

        // A tangent of zero stays zero although the logarithm of a negative base does not exist.
        Assert.Equal([-4.0, 12], Numbers.Run(power.Jvp(), x, p, [1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0])[1][3..5]);
    }
}

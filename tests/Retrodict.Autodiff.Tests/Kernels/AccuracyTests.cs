using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Kernels;

public class AccuracyTests
{
    [Fact]
    public void The_references_agree_with_the_scalar_functions()
    {
        foreach (var x in new[] { 1e-12, 0.1, 0.3, 0.7, 0.999, 1.001, 2.5, 10.1, 33.3, 600.0 })
        {
            Assert.True(Reference.Exp(x).Ulps(Math.Exp(x), 53) <= 1);
            Assert.True(Reference.Log(x).Ulps(Math.Log(x), 53) <= 1);
            Assert.True(Reference.Sin(x).Ulps(Math.Sin(x), 53) <= 1);
            Assert.True(Reference.Cos(x).Ulps(Math.Cos(x), 53) <= 1);
            Assert.True(Reference.Atan(x).Ulps(Math.Atan(x), 53) <= 1);
            Assert.True(Reference.Tanh(x).Ulps(Math.Tanh(x), 53) <= 2);
            Assert.True(Reference.Power(x, 1.7).Ulps(Math.Pow(x, 1.7), 53) <= 1);
        }
    }

    [Fact]
    public void Exp()
    {
        Accuracy.Holds<double, ExpOperator>(1, x => Reference.Exp(x), (-1, 1), (-708, 709.7), (-745, -708), (1e-300, 1));
        Accuracy.Holds<float, ExpOperator>(1, x => Reference.Exp(x), (-1, 1), (-87, 88.7), (-103, -87), (1e-30, 1));
    }

    [Fact]
    public void ExpM1()
    {
        Accuracy.Holds<double, ExpM1Operator>(
            2.1, x => Reference.ExpM1(x), (-1, 1), (-40, 709.7), (1e-300, 1), (-1e-300, -1), (-0.5, -0.2), (0.2, 0.6));
        Accuracy.Holds<float, ExpM1Operator>(
            2.1, x => Reference.ExpM1(x), (-1, 1), (-20, 88.7), (1e-35, 1), (-1e-35, -1), (-0.5, -0.2), (0.2, 0.6));
    }

    [Fact]
    public void Log()
    {
        Accuracy.Holds<double, LogOperator>(1, x => Reference.Log(x), (0.5, 2), (0.99, 1.01), (1e-320, 1e300));
        Accuracy.Holds<float, LogOperator>(1, x => Reference.Log(x), (0.5, 2), (0.99, 1.01), (1e-44, 1e38));
    }

    [Fact]
    public void LogP1()
    {
        Accuracy.Holds<double, LogP1Operator>(
            1.5, x => Reference.LogP1(x), (-0.5, 1), (1e-300, 1e300), (-1e-300, -0.5), (-0.9999999, -0.5));
        Accuracy.Holds<float, LogP1Operator>(
            1.5, x => Reference.LogP1(x), (-0.5, 1), (1e-35, 1e37), (-1e-35, -0.5), (-0.99999, -0.5));
    }

    [Fact]
    public void Tanh()
    {
        Accuracy.Holds<double, TanhOperator>(1.5, x => Reference.Tanh(x), (-1, 1), (0.5, 0.8), (1e-300, 20), (-22, 22));
        Accuracy.Holds<float, TanhOperator>(1.5, x => Reference.Tanh(x), (-1, 1), (0.5, 0.8), (1e-35, 20), (-10, 10));
    }

    [Fact]
    public void Sigmoid()
    {
        Accuracy.Holds<double, SigmoidOperator>(2.25, x => Reference.Sigmoid(x), (-2, 2), (-40, 40), (-744, -30));
        Accuracy.Holds<float, SigmoidOperator>(2.25, x => Reference.Sigmoid(x), (-2, 2), (-20, 20), (-102, -30));
    }

    [Fact]
    public void Softplus()
    {
        Accuracy.Holds<double, SoftplusOperator>(2, x => Reference.Softplus(x), (-2, 2), (-40, 40), (-744, -30));
        Accuracy.Holds<float, SoftplusOperator>(2, x => Reference.Softplus(x), (-2, 2), (-20, 20), (-102, -30));
    }

    [Fact]
    public void Atan()
    {
        Accuracy.Holds<double, AtanOperator>(1.5, x => Reference.Atan(x), (-1, 1), (0.4, 2.2), (1e-300, 1e300));
        Accuracy.Holds<float, AtanOperator>(1.5, x => Reference.Atan(x), (-1, 1), (0.4, 2.2), (1e-35, 1e37));
    }

    [Fact]
    public void Sin_and_cos()
    {
        Accuracy.Holds<double, SinOperator>(1, x => Reference.Sin(x), (-4, 4), (1e-300, 1), (-1e6, 1e6), (3.14159, 3.1416));
        Accuracy.Holds<float, SinOperator>(1, x => Reference.Sin(x), (-4, 4), (1e-35, 1), (-1e6, 1e6), (3.14159, 3.1416));
        Accuracy.Holds<double, CosOperator>(1, x => Reference.Cos(x), (-4, 4), (1e-300, 1), (-1e6, 1e6), (1.57079, 1.5708));
        Accuracy.Holds<float, CosOperator>(1, x => Reference.Cos(x), (-4, 4), (1e-35, 1), (-1e6, 1e6), (1.57079, 1.5708));
    }

    [Fact]
    public void Sin_and_cos_of_large_arguments()
    {
        Accuracy.Holds<double, SinOperator>(1, x => (DoubleDouble)Math.Sin(x), (1e6, 1e300));
        Accuracy.Holds<double, CosOperator>(1, x => (DoubleDouble)Math.Cos(x), (1e6, 1e300));
        Accuracy.Holds<float, SinOperator>(1, x => (DoubleDouble)Math.Sin(x), (1e6, 1e37));
        Accuracy.Holds<float, CosOperator>(1, x => (DoubleDouble)Math.Cos(x), (1e6, 1e37));
    }

    [Fact]
    public void Power()
    {
        Accuracy.PowerHolds<double>(1.5, (0.5, 2), (-700, 700));
        Accuracy.PowerHolds<double>(1.5, (1e-320, 1e300), (-3, 3));
        Accuracy.PowerHolds<double>(1.5, (0.999, 1.001), (-600_000, 600_000));
        Accuracy.PowerHolds<double>(1.5, (1e-320, 1e300), (1e-20, 1));
        Accuracy.PowerHolds<float>(1, (0.5, 2), (-120, 120));
        Accuracy.PowerHolds<float>(1, (1e-44, 1e37), (-3, 3));
        Accuracy.PowerHolds<float>(1, (0.999, 1.001), (-80_000, 80_000));
    }
}

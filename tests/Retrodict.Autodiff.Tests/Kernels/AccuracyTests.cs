using System.Globalization;
using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Kernels;

public class AccuracyTests
{
    [Fact]
    public void The_references_agree_with_the_scalar_functions()
    {
        foreach (var x in new[] { 1e-12, 0.1, 0.3, 0.7, 0.999, 1.001, 2.5, 10.1, 33.3, 600.0 })
        {
            Assert.True(ExactFunctions.Exp(x).Ulps(Math.Exp(x), 53) <= 1);
            Assert.True(ExactFunctions.Log(x).Ulps(Math.Log(x), 53) <= 1);
            Assert.True(ExactFunctions.Sin(x).Ulps(Math.Sin(x), 53) <= 1);
            Assert.True(ExactFunctions.Cos(x).Ulps(Math.Cos(x), 53) <= 1);
            Assert.True(ExactFunctions.Atan(x).Ulps(Math.Atan(x), 53) <= 1);
            Assert.True(ExactFunctions.Tanh(x).Ulps(Math.Tanh(x), 53) <= 2);
            Assert.True(ExactFunctions.Power(x, 1.7).Ulps(Math.Pow(x, 1.7), 53) <= 1);
        }
    }

    public static TheoryData<string> Inexact =>
        [.. Operations.All.Where(operation => operation.Error is not null).Select(operation => operation.Name)];

    public static TheoryData<string> Rounded =>
        [.. Operations.All.Where(operation => operation.Error is null && operation.IsPrimitive).Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Inexact))]
    public void Errors_are_within_their_bounds(string name)
    {
        var operation = Operations.Named(name);
        var error = operation.Error!;
        Accuracy.Holds<double>(name, operation.Instance, error.Double, error.Exactly, error.DoubleRanges);
        Accuracy.Holds<float>(name, operation.Instance, error.Single, error.Exactly, error.SingleRanges);
    }

    /// <summary>A primitive without an error bound gives the number next to the exact result: the reference, rounded.</summary>
    [Theory]
    [MemberData(nameof(Rounded))]
    public void Results_without_an_error_bound_are_correctly_rounded(string name)
    {
        var operation = Operations.Named(name);
        var x = operation.Sample(1000, 1);
        var expected = Enumerable.Range(0, 1000).Select(i => operation.Reference([.. x.Select(operand => operand[i])])).ToArray();
        var function = operation.Trace([.. x.Select(_ => Shape.Of([1000]))]);
        double[] inDouble = function.Compile<double>(Numbers.AsWritten).Evaluate(x)[0];
        float[] inSingle = function.Compile<float>(Numbers.AsWritten).Evaluate(Numbers.Narrowed(x))[0];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                expected[i].Equals(inDouble[i]) && ((float)expected[i]).Equals(inSingle[i]),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} of {string.Join(", ", x.Select(operand => operand[i]))} is {inDouble[i]:R}, in single precision "
                    + $"{inSingle[i]:R}, and its reference {expected[i]:R}. If it is not meant to be correctly rounded, give its row an "
                    + $"Error: how far off it may be, and from which of {nameof(ExactFunctions)}. The row stands in {Operations.File}."));
        }
    }

    [Fact]
    public void Sin_and_cos_of_large_arguments()
    {
        Accuracy.Holds<double>("sin", Sin.Instance, 1, x => (DoubleDouble)Math.Sin(x[0]), [[(1e6, 1e300)]]);
        Accuracy.Holds<double>("cos", Cos.Instance, 1, x => (DoubleDouble)Math.Cos(x[0]), [[(1e6, 1e300)]]);
        Accuracy.Holds<float>("sin", Sin.Instance, 1, x => (DoubleDouble)Math.Sin(x[0]), [[(1e6, 1e37)]]);
        Accuracy.Holds<float>("cos", Cos.Instance, 1, x => (DoubleDouble)Math.Cos(x[0]), [[(1e6, 1e37)]]);
    }
}

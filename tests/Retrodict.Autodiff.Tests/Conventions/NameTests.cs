using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Conventions;

/// <summary>Transforms of transforms give names that differ.</summary>
public class NameTests
{
    private static readonly Dictionary<string, Func<Function, Function>> _transforms = new()
    {
        ["Jvp"] = f => f.Jvp(),
        ["Vjp"] = f => f.Vjp(),
        ["Gradient"] = f => f.Gradient(),
        ["ValueAndGradient"] = f => First(f.ValueAndGradient()),
        ["HessianVectorProduct"] = f => f.HessianVectorProduct(),
        ["Jacobian"] = f => f.Jacobian(),
        ["Batch"] = f => f.Batch(1),
        ["Linear part"] = f => f.Linearize().Linear,
        ["Primal part"] = f => First(f.Linearize().Primal),
    };

    public static TheoryData<string, string, string> Triples
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string first in _transforms.Keys)
            {
                foreach (string second in _transforms.Keys)
                {
                    foreach (string third in _transforms.Keys)
                    {
                        data.Add(first, second, third);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Triples))]
    public void Any_three_transforms_compose(string first, string second, string third)
    {
        Function function = Function.Trace(x => Value.Sin(x) * x, []);
        foreach (string transform in new[] { first, second, third })
        {
            function = _transforms[transform](First(function));
            Assert.Distinct(function.Inputs.Select(input => input.Name));
            Assert.Distinct(function.Outputs.Select(output => output.Name));
        }

        double[][] y = Numbers.Run(
            function, [.. function.Inputs.Select(input => Enumerable.Repeat(0.7, input.Shape.ElementCount).ToArray())]);
        Assert.All(y.SelectMany(output => output), element => Assert.True(double.IsFinite(element)));
    }

    [Fact]
    public void A_gradient_of_a_gradient_has_both_values_and_both_names()
    {
        Function cube = Function.Trace(x => x * x * x, []);
        Function second = cube.Gradient().ValueAndGradient();
        Assert.Equal(2, second.Outputs.Count);
        double[][] y = Numbers.Run(second, [2.0]);
        Assert.Equal(12, y[0][0]);
        Assert.Equal(12, y[1][0]);
    }

    /// <summary>The function with its last output alone.</summary>
    private static Function First(Function function) => Function.Trace(
        [.. function.Inputs.Select(input => (input.Name, input.Shape))],
        inputs => [(function.Outputs[^1].Name, function.Apply([.. inputs])[^1])]);
}

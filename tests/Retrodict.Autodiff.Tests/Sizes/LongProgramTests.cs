using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>Programs of a hundred thousand nodes: no transform recurses along them.</summary>
public class LongProgramTests
{
    [Fact]
    public void Long_chains_transform_compile_and_run()
    {
        const int Steps = 12_000;
        Function chain = Function.Trace(
            x =>
            {
                for (int i = 0; i < Steps; i++)
                {
                    x = (0.5 * Value.Sin(x)) - (-x);
                }

                return x;
            },
            Shape.Scalar);
        Assert.True(chain.Batch(2).Vjp().NodeCount > 100_000);
        (double y, double slope) = (1, 1);
        for (int i = 0; i < Steps; i++)
        {
            (y, slope) = ((0.5 * Math.Sin(y)) + y, slope * (1 + (0.5 * Math.Cos(y))));
        }

        double[][] reverse = Numbers.Run(chain.Batch(2).Vjp(), [1, 1], [1, 2]);
        Numbers.AssertClose("value", [y, y], reverse[0], 1e-12);
        Numbers.AssertClose("slope", [slope, 2 * slope], reverse[1], 1e-9);
        Linearization split = chain.Linearize();
        Assert.Equal(split.Primal.Outputs.Count, 1 + split.ResidualCount);
    }

    [Fact]
    public void Long_chains_of_broadcasts_reshapes_and_permutations_simplify()
    {
        Function chain = Function.Trace(
            x =>
            {
                Value y = x.BroadcastTo([3, 2]);
                for (int i = 0; i < 6_000; i++)
                {
                    y = (-(-y.Permute())).Reshape(3, 2).Reverse().Reverse();
                }

                return y;
            },
            [2]);
        Assert.True(chain.Simplify().NodeCount < 20_000);
        Assert.Equal(2 * 3, Numbers.Run(chain, [1, 1])[0].Sum());
    }
}

using Retrodict.Autodiff;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>Gauss-Newton without bounds does not know in which coordinates it works: in u, with x = B u + c, every iterate is the same
/// point.</summary>
public sealed class GaussNewtonAffineTests
{
    [Theory]
    [InlineData("exponential fit")]
    [InlineData("linear")]
    [InlineData("one observation")]
    [InlineData("prior")]
    public void Iterates_map_with_the_coordinates(string name)
    {
        ContractCase c = ContractCases.All[name];
        int n = c.Problem.Unknowns;
        for (int seed = 0; seed < 10; seed++)
        {
            double[,] b = Dense.Plus(Dense.RandomMatrix(n, n, seed), Dense.Identity(n, 2));
            double[,] inverse = Dense.Inverse(b);
            double[] offset = Dense.Random(n, seed + 1);

            // The shortest step is no affine notion: one observation of three unknowns keeps its directions only if B is orthogonal up to a
            // factor.
            if (name == "one observation")
            {
                b = Dense.Identity(n, 3);
                inverse = Dense.Identity(n, 1 / 3.0);
            }

            ContractCase mapped = c with
            {
                Problem = new InverseProblem(
                    u => c.Problem.Forward.Apply(Value.MatMul(Value.Constant(b), u) + Value.Constant(offset))[0], n)
                {
                    Noise = c.Problem.Noise,
                    Prior = c.Problem.Prior is GaussianPrior prior ? Mapped(prior, inverse, offset) : null,
                },
                Start = Dense.Times(inverse, Dense.Plus(c.Start, offset, -1)),
            };
            int iterations = c.SolveWith(new GaussNewton()).Summary.Iterations;
            for (int k = 0; k <= iterations; k++)
            {
                GaussNewton limited = new() { Stopping = new StoppingRule { MaxIterations = k } };
                SolveResult expected = c.SolveWith(limited);
                SolveResult actual = mapped.SolveWith(limited);
                Assert.Equal(expected.History.Select(h => h.StepFactor).Take(k), actual.History.Select(h => h.StepFactor).Take(k));
                double[] back = Dense.Plus(Dense.Times(b, [.. actual.X]), offset);
                Assert.All(Enumerable.Range(0, n), i => Assert.Equal(expected.X[i], back[i], 1e-7));
            }
        }
    }

    private static GaussianPrior Mapped(GaussianPrior prior, double[,] inverse, double[] offset)
    {
        double[,] factor = Dense.Times(inverse, Dense.Matrix(prior.Factor, prior.Dimension, prior.Dimension));
        return GaussianPrior.FromCovariance(
            Dense.Times(inverse, Dense.Plus(prior.Mean, offset, -1)), Dense.Flat(Dense.Times(factor, Dense.Transpose(factor))));
    }
}

using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Catalogue.Tests;

/// <summary>
/// How many directions the data tell more about than the prior: eigenvalues above 1 of L^T J^T J L / noise², with C = L L^T the prior's
/// covariance and J the derivative of F at the first test unknown (C. D. Rodgers, "Inverse Methods for Atmospheric Sounding", 2000, section
/// 2.4).
/// </summary>
public sealed class IdentifiableDirectionsTests
{
    /// <summary>For the explicit rod by hand: mode k of squared length 65/2 has the deviation 0.5 sqrt(65/2) and is left with the factor
    /// (1 - 1.8 sin²(pi k / 130))^200, which times the former over the noise of 0.02 is 4.8 for the fourth mode and 0.7 for the
    /// fifth.</summary>
    [Theory]
    [InlineData("heat-1d", 5)]
    [InlineData("heat-1d-explicit", 4)]
    [InlineData("heat-3d", 99)]
    [InlineData("oscillator", 4)]
    public void Their_number_is_that_of_the_documentation(string name, int expected)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        (int n, int m) = (problem.Unknowns, problem.Observations);
        GaussianPrior prior = problem.Prior;
        Value factor = Value.Constant(prior.Factor, [n, n]);
        Value point = Value.Constant(problem.Generate(Split.Test, 1).X);
        Function whitened = Function.Trace(
            [("z", n)],
            inputs =>
            [
                ("y", problem.Forward.Apply((point + Value.MatMul(factor, inputs[0])).Reshape(problem.UnknownShape))[0].Flatten()
                    * (1 / problem.Noise[0])),
            ],
            "whitened");
        double[] jacobian = whitened.Jacobian().Compile<double>().Evaluate(new double[n])[^1];
        Assert.Equal(n * m, jacobian.Length);
        var gram = new double[n * n];
        MatrixProducts.Gram<double>(jacobian, m, n, gram, new double[MatrixProducts.GramWorkspaceLength<double>(m, n)]);
        var values = new double[n];
        Assert.True(SymmetricEigen.TryDecompose(gram, n, values, new double[n * n], new double[SymmetricEigen.WorkspaceLength(n)]));
        Assert.Equal(expected, values.Count(value => value > 1));
    }
}

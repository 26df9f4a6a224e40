using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Deceptron;

/// <summary>Reverse maps made by hand.</summary>
internal static class CrudeMaps
{
    /// <summary>x0 + J⁺ (y - F(x0)) around the point of the box nearest to zero, which knows neither units nor the order of unknowns;
    /// standardized by the noise.</summary>
    public static ReverseMap Linear(InverseProblem problem)
    {
        var reference = new double[problem.Unknowns];
        problem.Bounds.Project(reference);
        return Linear(problem, reference);
    }

    public static ReverseMap Linear(InverseProblem problem, double[] reference)
    {
        (int m, int n) = (problem.Observations, problem.Unknowns);
        double[] deviation = [.. Enumerable.Range(0, m).Select(i => problem.Noise[i])];
        double[] value = problem.Forward.Compile<double>().Evaluate(reference)[0];
        double[] jacobian = problem.Forward.Jacobian().Compile<double>().Evaluate(reference)[0];
        double[] standardized = [.. jacobian.Select((j, i) => j / deviation[i / n])];
        double[] mean = value.All(double.IsFinite) ? value : new double[m];
        return Affine(PseudoInverse(standardized, m, n), reference) with { ObservationMean = mean, ObservationDeviation = deviation };
    }

    /// <summary>s to A s + b.</summary>
    public static ReverseMap Affine(double[,] matrix, double[] offset) =>
        new(
            Function.Trace(s => Value.MatMul(Value.Constant(matrix), s) + Value.Constant(offset), matrix.GetLength(1))) { Precision =
                Precision.Float64 };

    public static double[,] PseudoInverse(double[] matrix, int m, int n)
    {
        int k = Math.Min(m, n);
        (double[] u, double[] sigma, double[] v) = (new double[m * k], new double[k], new double[n * k]);
        var inverse = new double[n, m];
        if (!SingularValues.TryDecompose(matrix, m, n, u, sigma, v, new double[SingularValues.WorkspaceLength(m, n)]))
        {
            return inverse;
        }

        for (int l = 0; l < k && sigma[l] > 1e-10 * sigma[0]; l++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int i = 0; i < m; i++)
                {
                    inverse[j, i] += v[(j * k) + l] / sigma[l] * u[(i * k) + l];
                }
            }
        }

        return inverse;
    }
}

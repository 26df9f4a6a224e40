using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests;

/// <summary>
/// y = A x + noise with x = mean + L z: everything that a Deceptron learns is known. The posterior mean is mean + K (y - A mean) with
/// K = C A^T (A C A^T + S)^-1, C = L L^T.
/// </summary>
internal static class LinearGaussian
{
    public const int Unknowns = 4;
    public const int Observations = 3;

    public static double[] Matrix { get; } = [1, 0.5, 0, -0.3, 0.2, -1, 0.4, 0, 0, 0.3, 0.8, 0.6];

    public static double[] Factor { get; } = [0.5, 0, 0, 0, 0.2, 0.4, 0, 0, -0.1, 0.1, 0.3, 0, 0.05, 0, 0.1, 0.2];

    public static double[] Mean { get; } = [0.3, -0.2, 0.1, 0.5];

    public static double[] Noise { get; } = [0.05, 0.1, 0.08];

    public static InverseProblem Problem =>
        new(x => Value.MatMul(Value.Constant(Matrix, [Observations, Unknowns]), x), Unknowns) { Noise = Noise };

    public static LearningProblem Learning => new("linear", Problem, Draw);

    public static void Draw(RandomStream random, Span<double> x)
    {
        Span<double> z = stackalloc double[Unknowns];
        random.FillNormal(z);
        for (int i = 0; i < Unknowns; i++)
        {
            x[i] = Mean[i];
            for (int k = 0; k < Unknowns; k++)
            {
                x[i] += Factor[(i * Unknowns) + k] * z[k];
            }
        }
    }

    /// <summary>K for observations in their own units, [n, m].</summary>
    public static double[] Gain()
    {
        double[] covariance = Product(Factor, Transposed(Factor, Unknowns, Unknowns), Unknowns, Unknowns, Unknowns);
        double[] cross = Product(Matrix, covariance, Observations, Unknowns, Unknowns);
        double[] normal = Product(cross, Transposed(Matrix, Observations, Unknowns), Observations, Unknowns, Observations);
        for (int i = 0; i < Observations; i++)
        {
            normal[i * (Observations + 1)] += Noise[i] * Noise[i];
        }

        Assert.True(CholeskyFactorization.TryFactor<double>(normal, Observations));
        CholeskyFactorization.Solve<double>(normal, Observations, cross, Unknowns);
        return Transposed(cross, Observations, Unknowns);
    }

    public static double[] Product(double[] a, double[] b, int m, int k, int n)
    {
        var c = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int l = 0; l < k; l++)
                {
                    c[(i * n) + j] += a[(i * k) + l] * b[(l * n) + j];
                }
            }
        }

        return c;
    }

    private static double[] Transposed(double[] a, int m, int n)
    {
        var t = new double[a.Length];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                t[(j * m) + i] = a[(i * n) + j];
            }
        }

        return t;
    }
}

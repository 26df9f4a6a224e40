using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>Unknowns with their noisy standardized observations.</summary>
internal static class NoisySamples
{
    public static (double[] Unknowns, double[] Observations) Draw(LearningProblem problem, RandomStream random, int count)
    {
        double[] x = problem.Draw(random.Child("unknowns"), count);
        var noise = new double[count * problem.Shapes.Observations];
        random.Child("noise").FillNormal<double>(noise);
        double[] y = RowMap.Apply(problem.Standardized(), x);
        double[] errors = RowMap.Apply(
            Function.Trace([("w", problem.Shapes.Observations)], inputs => [("noise", problem.StandardizedNoise(inputs[0]))]),
            noise);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += errors[i];
        }

        return (x, y);
    }
}

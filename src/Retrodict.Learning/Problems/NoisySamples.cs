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
        double[] y = BatchRun.Map(problem.Standardized(), x, count);
        double[] errors = BatchRun.Map(
            Function.Trace([("w", problem.Shapes.Observations)], inputs => [("noise", problem.StandardizedNoise(inputs[0]))]),
            noise,
            count);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += errors[i];
        }

        return (x, y);
    }
}

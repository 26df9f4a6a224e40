using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>Measures a reverse map on data that its training did not see: the distribution of its errors, and how large composition error and discrepancy usually are.</summary>
internal static class Calibrations
{
    /// <summary>The share of validation data that stays below the safeguard's thresholds.</summary>
    private const double Quantile = 0.995;

    public static DeceptronModel Apply(DeceptronModel model, LearningProblem problem, RandomStream random, int count)
    {
        (int n, int m) = (model.Shapes.Unknowns, model.Shapes.Observations);
        (double[] x, double[] y) = NoisySamples.Draw(problem, random, count);
        double[] estimates = BatchRun.Map(model.ReverseFunction, y, count);
        Box bounds = problem.Problem.Bounds;
        var errors = new double[estimates.Length];
        for (int i = 0; i < count; i++)
        {
            bounds.Project(estimates.AsSpan(i * n, n));
        }

        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = x[i] - estimates[i];
        }

        DeceptronModel measured = model with { Errors = LearnedErrors.Of(errors, n) };
        double[] fitted = BatchRun.Map(problem.Standardized(), estimates, count);
        double[] noise = [.. problem.NoiseDeviations()];
        var discrepancies = new double[count];
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (int j = 0; j < m; j++)
            {
                double misfit = (fitted[(i * m) + j] - y[(i * m) + j]) / noise[j];
                sum += misfit * misfit;
            }

            discrepancies[i] = Math.Sqrt(sum / m);
        }

        double[] compositions = Compositions(measured, problem, estimates, random.Child("probes"));
        return measured with
        {
            Calibration = new SafeguardCalibration { CompositionThreshold = Upper(compositions), DiscrepancyThreshold = Upper(discrepancies), Probes = 1 },
        };
    }

    /// <summary>‖J_g J_f ξ - ξ‖² / n for one Rademacher ξ at every estimate.</summary>
    private static double[] Compositions(DeceptronModel model, LearningProblem problem, double[] estimates, RandomStream random)
    {
        int n = model.Shapes.Unknowns;
        Function forward = problem.Standardized();
        Function composed = Function.Trace([("x", n)], inputs => [("g", model.ReverseFunction.Apply(forward.Apply(inputs[0])[0])[0])]);
        Function pushed = composed.Jvp("x");
        Function joint = Function.Trace(
            [("both", 2 * n)],
            inputs =>
            {
                Value probe = inputs[0].Slice(0, n, 2 * n);
                return [("error", Value.Square(pushed.Apply(inputs[0].Slice(0, 0, n), probe)[^1] - probe).Mean().Reshape(1))];
            });
        int count = estimates.Length / n;
        var pairs = new double[2 * estimates.Length];
        for (int i = 0; i < count; i++)
        {
            estimates.AsSpan(i * n, n).CopyTo(pairs.AsSpan(2 * i * n));
            random.At(i).FillRademacher(pairs.AsSpan(((2 * i) + 1) * n, n));
        }

        return BatchRun.Map(joint, pairs, count);
    }

    private static double Upper(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.MaxValue : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(Quantile * sorted.Length))];
    }
}

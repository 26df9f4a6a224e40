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

        double[] compositions = CompositionError.Each(measured.ReverseFunction, problem.Standardized(), estimates, 1, random.Child("probes"));
        return measured with
        {
            Calibration = new SafeguardCalibration { CompositionThreshold = Upper(compositions), DiscrepancyThreshold = Upper(discrepancies), Probes = 1 },
        };
    }

    /// <summary>The same on pairs, for a model with a forward map of its own; as the noise is not known, there is no threshold for the discrepancy.</summary>
    public static DeceptronModel Apply(DeceptronModel model, PairedData pairs, RandomStream random)
    {
        double[] estimates = BatchRun.Map(model.ReverseFunction, pairs.Standardized(model.ObservationMean, model.ObservationDeviation), pairs.Count);
        double[] errors = [.. estimates.Select((estimate, i) => pairs.Unknowns[i] - estimate)];
        Function forward = model.Architecture.ForwardMap(model.Shapes).Bake(model.ForwardParameters!.Value.Span);
        double[] compositions = CompositionError.Each(model.ReverseFunction, forward, estimates, 1, random.Child("probes"));
        return model with
        {
            Errors = LearnedErrors.Of(errors, model.Shapes.Unknowns),
            Calibration = new SafeguardCalibration { CompositionThreshold = Upper(compositions), Probes = 1 },
        };
    }

    private static double Upper(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.MaxValue : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(Quantile * sorted.Length))];
    }
}

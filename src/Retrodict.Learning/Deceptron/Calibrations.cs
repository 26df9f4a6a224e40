using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// Measures a reverse map on data that its training did not see: the distribution of its errors, and how large composition error and
/// discrepancy usually are.
/// </summary>
internal static class Calibrations
{
    /// <summary>The share of validation data that stays below the safeguard's thresholds.</summary>
    private const double Quantile = 0.995;

    public static DeceptronModel Apply(DeceptronModel model, LearningProblem problem, RandomStream random, int count)
    {
        (int n, int m) = (model.Shapes.Unknowns, model.Shapes.Observations);
        (double[] x, double[] y) = NoisySamples.Draw(problem, random, count);
        double[] estimates = RowMap.Apply(model.ReverseFunction, y);
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
        double[] fitted = RowMap.Apply(problem.Standardized(), estimates);
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

        double[]? compositions = Compositions(measured.ReverseFunction, problem.Standardized(), estimates);
        return measured with
        {
            Calibration = new SafeguardCalibration
            {
                CompositionThreshold = compositions is null ? null : Upper(compositions),
                DiscrepancyThreshold = Upper(discrepancies),
                Probes = 1,
            },
        };
    }

    /// <summary>
    /// The same on pairs, for a model with a forward map of its own; as the noise is not known, there is no threshold for the discrepancy.
    /// </summary>
    public static DeceptronModel Apply(DeceptronModel model, PairedData pairs)
    {
        double[] estimates = RowMap.Apply(
            model.ReverseFunction, pairs.Standardized(model.ObservationMean, model.ObservationDeviation));
        double[] errors = [.. estimates.Select((estimate, i) => pairs.Unknowns[i] - estimate)];
        double[] compositions = Compositions(model.ReverseFunction, model.StandardizedForward(), estimates)!;
        return model with
        {
            Errors = LearnedErrors.Of(errors, model.Shapes.Unknowns),
            Calibration = new SafeguardCalibration { CompositionThreshold = Upper(compositions), Probes = 1 },
        };
    }

    /// <summary>
    /// ‖J_g J_f ξ - ξ‖² / n at every estimate, for the ξ that solves measure it with; null where the forward model has no
    /// derivative.
    /// </summary>
    private static double[]? Compositions(Function reverse, Function forward, double[] estimates)
    {
        int n = forward.Inputs[0].Shape.ElementCount;
        Function pushed;
        try
        {
            pushed = Function.Trace([("x", n)], inputs => [("g", reverse.Apply(forward.Apply(inputs[0])[0])[0])]).Jvp("x");
        }
        catch (NotSupportedException)
        {
            return null;
        }

        Function error = Function.Trace(
            [("x", n)],
            inputs =>
            {
                Value probe = Value.Constant(CompositionProbes.Draw(1, n));
                return [("error", Value.Square(pushed.Apply(inputs[0], probe)[^1] - probe).Mean().Reshape(1))];
            });
        return RowMap.Apply(error, estimates);
    }

    private static double Upper(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.MaxValue : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(Quantile * sorted.Length))];
    }
}

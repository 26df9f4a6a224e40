using Retrodict.Solvers;

namespace Retrodict.Regressions;

/// <summary>Compares a fit with the best constant, in the norm that was minimized: squares divided by the given variances, or the
/// loss.</summary>
internal static class ConstantComparison
{
    private const int MaxIterations = 100;

    /// <summary>Twice the objective of the constant that fits best.</summary>
    public static double Sum(RegressionProblem regression, InverseProblem solved)
    {
        double[] y = [.. regression.Observation];
        double constant = solved.Loss is null
            ? Mean(y, [.. y.Select((_, row) => 1 / (solved.Noise[row] * solved.Noise[row]))])
            : Location(y, solved);
        double[] residual = [.. y.Select((value, row) => (constant - value) / solved.Noise[row])];
        return solved.Loss is { } loss ? 2 * RobustWeights.Cost(loss, residual, residual.Length) : Numerics.Matrix.Dot(residual, residual);
    }

    /// <summary>Whether a fit is clearly above the best constant, although another start might do better.</summary>
    /// <param name="sum">Twice the objective of the fit.</param>
    /// <param name="constant">That of the best constant.</param>
    /// <param name="model">The residuals.</param>
    /// <param name="here">What the data determine at the end.</param>
    /// <param name="x">The end.</param>
    /// <returns>False for a model that is linear in what is fitted: its minimum is the only one, and no start helps. False also for data
    /// that are all one constant, such as the zeros of an equation that is to hold: no model is better than that.</returns>
    public static bool IsWorse(double sum, double constant, WeightedModel model, Determination here, double[] x)
    {
        double rounding = 1e-7 * model.ObservationLength;
        return here.Residual.Length > 1 && constant > 0 && sum > (constant * (1 + 1e-6)) + (rounding * rounding)
            && !IsLinear(model, here, x);
    }

    /// <summary>Whether the Jacobian is the same at two other points.</summary>
    private static bool IsLinear(WeightedModel model, Determination here, double[] x)
    {
        foreach (double step in (ReadOnlySpan<double>)[0.3, -0.7])
        {
            double[] point =
            [
                .. x.Select((value, j) => model.Clip(
                    j, value + (step * Math.Max(Math.Abs(value), here.NaturalSize(j, model.ObservationLength))))),
            ];
            if (model.Jacobian(point) is not { } there)
            {
                return false;
            }

            for (int j = 0; j < x.Length; j++)
            {
                double column = Numerics.Matrix.ColumnLength(here.Jacobian, here.Residual.Length, x.Length, j);
                for (int i = j; i < there.Length; i += x.Length)
                {
                    if (!(Math.Abs(there[i] - here.Jacobian[i]) <= 1e-9 * column))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private static double Mean(double[] values, double[] weights) =>
        values.Zip(weights, (value, weight) => value * (weight / weights.Max())).Sum() / weights.Sum(weight => weight / weights.Max());

    /// <summary>The constant of least loss, by iteratively reweighted means from the median.</summary>
    private static double Location(double[] y, InverseProblem solved)
    {
        double[] sorted = [.. y];
        Array.Sort(sorted);
        double constant = sorted[sorted.Length / 2];
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double[] weights =
            [
                .. y.Select((value, row) =>
                {
                    double scaled = (constant - value) / solved.Noise[row] / solved.Loss!.Scale;
                    solved.Loss.Evaluate(scaled * scaled, out _, out double first, out _);
                    return first / (solved.Noise[row] * solved.Noise[row]);
                }),
            ];
            double next = weights.Sum() > 0 ? Mean(y, weights) : constant;
            if (Math.Abs(next - constant) <= 1e-12 * Math.Abs(next))
            {
                break;
            }

            constant = next;
        }

        return constant;
    }
}

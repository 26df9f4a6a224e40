using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// How a problem is told from others: by what its forward model makes of a few unknowns, so that neither names nor how the model is written
/// count.
/// </summary>
/// <param name="Unknowns">Points, [count, n].</param>
/// <param name="Observations">F at them, [count, m].</param>
internal sealed record ProblemFingerprint(IReadOnlyList<double> Unknowns, IReadOnlyList<double> Observations)
{
    /// <summary>Differences up to this share of an observation component's deviation are rounding.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>The fingerprint of a problem by points, [count, n].</summary>
    public static ProblemFingerprint Of(InverseProblem problem, double[] unknowns) =>
        new(unknowns, RowMap.Apply(problem.Forward, unknowns));

    /// <summary>What makes a problem another one; null if it is the same.</summary>
    public string? Difference(InverseProblem problem, IReadOnlyList<double> deviation)
    {
        int m = problem.Observations;
        int count = Observations.Count / m;
        if (count * m != Observations.Count || count * problem.Unknowns != Unknowns.Count)
        {
            return $"the forward model has {problem.Unknowns} unknowns and {m} observations, the model's others";
        }

        double[] here = RowMap.Apply(problem.Forward, Unknowns.ToArray());
        for (int i = 0; i < here.Length; i++)
        {
            if (!IsSame(here[i], Observations[i], deviation[i % m]))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"at the model's test point {i / m} the forward model's observation {i % m} is {here[i]:G6}, "
                    + $"but was {Observations[i]:G6} when the model was trained");
            }
        }

        return null;
    }

    /// <summary>Infinities are within every tolerance of infinity, so what is not finite must be the same.</summary>
    private static bool IsSame(double here, double there, double deviation) => double.IsFinite(here) && double.IsFinite(there)
        ? Math.Abs(here - there) <= Tolerance * (deviation + Math.Abs(there))
        : here.Equals(there);
}

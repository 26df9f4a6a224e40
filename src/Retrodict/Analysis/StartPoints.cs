using Retrodict.Numerics;
using Retrodict.Randomness;

namespace Retrodict.Analysis;

/// <summary>Draws starts.</summary>
internal static class StartPoints
{
    /// <returns>The starts, [count, n] row-major.</returns>
    /// <exception cref="InvalidOperationException">The problem has not what starts are to be drawn from.</exception>
    public static double[] Draw(InverseProblem problem, StartSampling sampling, int count, ulong seed)
    {
        var stream = new RandomStream(seed, "multi-start");
        int n = problem.Unknowns;
        int unbounded = Enumerable.Range(0, n).FirstOrDefault(i => !double.IsFinite(problem.Bounds.Upper(i) - problem.Bounds.Lower(i)), -1);
        return sampling switch
        {
            StartSampling.Box or StartSampling.Automatic when unbounded < 0 =>
                LatinHypercube(problem.Bounds, n, count, stream.Child("box")),
            StartSampling.Prior or StartSampling.Automatic when problem.Prior is GaussianPrior prior =>
                FromPrior(prior, problem.Bounds, count, stream.Child("prior")),
            StartSampling.Box => throw new InvalidOperationException(
                $"Starts cannot be drawn from the box, because unknown {unbounded} has not two finite bounds."),
            StartSampling.Prior =>
                throw new InvalidOperationException("Starts cannot be drawn from the prior, because the problem has no Gaussian one."),
            _ => throw new InvalidOperationException(
                $"Starts cannot be drawn: unknown {unbounded} has not two finite bounds, and the problem has no Gaussian prior. " +
                    "Give starts of your own."),
        };
    }

    private static double[] LatinHypercube(Box bounds, int n, int count, RandomStream stream)
    {
        var starts = new double[count * n];
        int[] parts = new int[count];
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < count; i++)
            {
                parts[i] = i;
            }

            RandomStream own = stream.At(j);
            own.Shuffle(parts.AsSpan());
            double width = bounds.Upper(j) - bounds.Lower(j);
            for (int i = 0; i < count; i++)
            {
                starts[(i * n) + j] = Math.Min(bounds.Lower(j) + (width * ((parts[i] + own.NextDouble()) / count)), bounds.Upper(j));
            }
        }

        return starts;
    }

    private static double[] FromPrior(GaussianPrior prior, Box bounds, int count, RandomStream stream)
    {
        int n = prior.Dimension;
        var starts = new double[count * n];
        var z = new double[n];
        for (int i = 0; i < count; i++)
        {
            stream.At(i).FillNormal<double>(z);
            Span<double> start = starts.AsSpan(i * n, n);
            for (int j = 0; j < n; j++)
            {
                start[j] = prior.Mean[j] + Matrix.Dot(prior.Factor.Slice(j * n, n), z);
            }

            bounds.Project(start);
        }

        return starts;
    }
}

using Retrodict.Randomness;

namespace Retrodict.Catalogue;

/// <summary>
/// Draws unknowns and runs the forward model on them in blocks of a fixed size, so that the bits of sample i depend on the seed and on i
/// alone: a kernel may round differently for another size of block or place in it.
/// </summary>
internal static class DataGenerator
{
    /// <summary>Samples that one run of the batched forward model takes.</summary>
    public const int BlockSize = 32;

    /// <summary>The unknowns and noise-free observations of the first samples of a split.</summary>
    public static (double[] X, double[] YClean) Draw(
        BenchmarkProblem problem, Split split, int count, ulong seed, int? threads = null, CancellationToken cancellationToken = default)
    {
        (int n, int m) = (problem.Unknowns, problem.Observations);
        int most = Array.MaxLength / Math.Max(n, m);
        if (count < 1 || count > most)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The number of samples must be from 1 to {most}.");
        }

        var x = new double[count * n];
        RandomStream stream = problem.Stream(split, seed);
        double[] y = problem.ForwardRows.Apply(
            count,
            (i, unknown) =>
            {
                problem.DrawUnknown(stream.At(i), unknown);
                unknown.CopyTo(x.AsSpan(i * n));
            },
            threads,
            cancellationToken);
        return (x, y);
    }
}

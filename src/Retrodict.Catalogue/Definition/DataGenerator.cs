using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Catalogue;

/// <summary>
/// Draws unknowns and runs the forward model on them, block by block. Sample i always has place i mod <see cref="BlockSize"/> in a block of that size,
/// whatever the count and the number of threads: its bits then depend on the seed and on i alone, since a kernel may round differently for another size or place.
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

        if (threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "The number of threads must be at least 1.");
        }

        var x = new double[count * n];
        var y = new double[count * m];
        RandomStream stream = problem.Stream(split, seed);
        Plan<double> plan = problem.BlockPlan;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            (count + BlockSize - 1) / BlockSize,
            options,
            plan.Rent,
            (block, _, workspace) =>
            {
                int first = block * BlockSize;
                int here = Math.Min(BlockSize, count - first);
                Span<double> unknowns = workspace.Input(0);
                for (int i = 0; i < BlockSize; i++)
                {
                    Span<double> unknown = unknowns.Slice(i * n, n);
                    if (i < here)
                    {
                        problem.DrawUnknown(stream.At(first + i), unknown);
                    }
                    else
                    {
                        problem.Start.CopyTo(unknown);
                    }
                }

                workspace.Run();
                unknowns[..(here * n)].CopyTo(x.AsSpan(first * n));
                workspace.Output(0)[..(here * m)].CopyTo(y.AsSpan(first * m));
                return workspace;
            },
            workspace => workspace.Dispose());
        return (x, y);
    }
}

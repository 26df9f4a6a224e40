// Where the positions of a padded grid go into vectors. A vector may begin anywhere, so the choice is which positions run on together:
// those of a line; of a plane, over the padding between its lines; of a sample, over that between its planes; or of all samples. Lines that
// do not fill vectors waste the lanes beyond their ends, longer runs the padding between. Two lines next to each other can share vectors,
// half each. The fewest vectors win.

using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Execution;

/// <summary>The vectors that hold all positions of some samples and a slab of lines.</summary>
internal sealed class ConvolutionVectors
{
    private const int Axes = ConvolutionLayout.Axes;

    // What two loads for a vector cost, measured in vectors.
    private const double CostOfHalves = 1.05;

    private ConvolutionVectors()
    {
    }

    /// <summary>Whether each vector holds parts of two neighboring lines.</summary>
    public required bool Halves { get; init; }

    /// <summary>How many vectors.</summary>
    public required int Count { get; init; }

    /// <summary>Where they start in the grid, filled up to a tile's multiple with the last.</summary>
    public required int[] Reads { get; init; }

    /// <summary>From a vector's first half to its second in the grid.</summary>
    public required int ReadApart { get; init; }

    /// <summary>Where they go: into the long tensor if they fit there, else into a buffer.</summary>
    public required int[] Places { get; init; }

    /// <summary>From a vector's first half to its second there.</summary>
    public required int PlaceApart { get; init; }

    /// <summary>Whether places are those of the long tensor: every vector is wanted from end to end.</summary>
    public required bool Direct { get; init; }

    /// <summary>Whether all elements of a buffer are positions.</summary>
    public required bool Dense { get; init; }

    /// <summary>Elements of a buffer that holds one channel.</summary>
    public required int BufferLength { get; init; }

    /// <summary>Distances in a buffer: from one sample, plane and line to the next.</summary>
    public required (int Sample, int Plane, int Line) Buffer { get; init; }

    /// <summary>The best vectors for a grid.</summary>
    /// <param name="counts">Positions along the axes.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="grid">Distances in the grid: from one sample, plane and line to the next.</param>
    /// <param name="tensor">The same in the long tensor, if its lines are contiguous.</param>
    /// <param name="sequence">Whether the vectors must stand in the buffer one after the other.</param>
    public static ConvolutionVectors Of<T>(
        ReadOnlySpan<int> counts, int samples, (int Sample, int Plane, int Line) grid, (int Sample, int Plane, int Line)? tensor,
        bool sequence)
        where T : unmanaged
    {
        var space = new Space((counts[0], counts[1], counts[2]), samples, grid, tensor, Vector512<T>.Count);
        ConvolutionVectors best = space.Whole(Axes - 1);
        for (int level = Axes - 2; level >= -1; level--)
        {
            best = Better(best, space.Whole(level));
        }

        return space.LinesPair && (!sequence || counts[2] <= Vector512<T>.Count / 2) ? Better(best, space.Pairs()) : best;
    }

    private static ConvolutionVectors Better(ConvolutionVectors one, ConvolutionVectors other) => Cost(other) < Cost(one) ? other : one;

    // A buffer has to be copied, which costs less than a tenth.
    private static double Cost(ConvolutionVectors vectors) =>
        vectors.Reads.Length * (vectors.Halves ? CostOfHalves : 1) * (vectors.Direct ? 1 : 1.05);

    private sealed record Space(
        (int Planes, int Lines, int Length) Counts, int Samples, (int Sample, int Plane, int Line) Grid,
        (int Sample, int Plane, int Line)? Tensor, int Lanes)
    {
        /// <summary>Whether all lines have a partner at one distance.</summary>
        public bool LinesPair => Counts.Lines > 1 ? Counts.Lines % 2 == 0 : Counts.Planes % 2 == 0;

        /// <summary>Vectors along the runs of all axes from a level on: 2 for lines, 1 for planes, 0 for samples, -1 for one run.</summary>
        public ConvolutionVectors Whole(int level)
        {
            int length = Counts.Length + (level < 2 ? (Counts.Lines - 1) * Grid.Line : 0)
                + (level < 1 ? (Counts.Planes - 1) * Grid.Plane : 0)
                + (level < 0 ? (Samples - 1) * Grid.Sample : 0);
            int chunks = (length + Lanes - 1) / Lanes;
            int pitch = chunks * Lanes;
            int lines = level < 2 ? 1 : Counts.Lines;
            int planes = level < 1 ? 1 : Counts.Planes;
            int samples = level < 0 ? 1 : Samples;
            (int Sample, int Plane, int Line) buffer = (
                level < 0 ? Grid.Sample : planes * lines * pitch, level < 1 ? Grid.Plane : lines * pitch, level < 2 ? Grid.Line : pitch);
            return Collect((samples, planes, lines), 1, chunks, Lanes, buffer, level == 2 && pitch == Counts.Length);
        }

        /// <summary>Vectors of halves of two neighboring lines.</summary>
        public ConvolutionVectors Pairs()
        {
            int half = Lanes / 2;
            int chunks = (Counts.Length + half - 1) / half;
            int pitch = chunks * half;
            return Collect(
                (Samples, Counts.Planes, Counts.Lines), 2, chunks, half,
                (Counts.Planes * Counts.Lines * pitch, Counts.Lines * pitch, pitch),
                pitch == Counts.Length);
        }

        private ConvolutionVectors Collect(
            (int Samples, int Planes, int Lines) runs, int together, int chunks, int width, (int Sample, int Plane, int Line) buffer,
            bool dense)
        {
            bool direct = dense && Tensor is not null;
            (int Sample, int Plane, int Line) to = direct ? Tensor!.Value : buffer;
            var reads = new List<int>();
            var places = new List<int>();
            (int acrossPlanes, int acrossLines) = runs.Lines > 1 ? (1, together) : (together, 1);
            for (int s = 0; s < runs.Samples; s++)
            {
                for (int i = 0; i < runs.Planes; i += acrossPlanes)
                {
                    for (int j = 0; j < runs.Lines; j += acrossLines)
                    {
                        for (int k = 0; k < chunks; k++)
                        {
                            reads.Add((s * Grid.Sample) + (i * Grid.Plane) + (j * Grid.Line) + (k * width));
                            places.Add((s * to.Sample) + (i * to.Plane) + (j * to.Line) + (k * width));
                        }
                    }
                }
            }

            int count = reads.Count;
            while (reads.Count % Kernels.WindowProduct.Vectors != 0)
            {
                reads.Add(reads[^1]);
                places.Add(places[^1]);
            }

            return new ConvolutionVectors
            {
                Halves = together > 1,
                Count = count,
                Reads = [.. reads],
                ReadApart = runs.Lines > 1 ? Grid.Line : Grid.Plane,
                Places = [.. places],
                PlaceApart = runs.Lines > 1 ? to.Line : to.Plane,
                Direct = direct,
                Dense = dense,
                BufferLength = count * Lanes,
                Buffer = buffer,
            };
        }
    }
}

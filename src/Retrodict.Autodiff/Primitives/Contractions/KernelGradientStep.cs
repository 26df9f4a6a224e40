using System.Numerics;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// A convolution whose result is the taps, as the kernel's gradient is: dot products of the long tensor with the shifted image, over all
/// samples at once. The work is cut into groups, ranges of samples and slabs, whose sums are added up in the end in their order, and blocks
/// of channels.
/// </summary>
internal sealed unsafe class KernelGradientStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // So many positions of six lines and of an image's channel stay in the first cache, those of all channels in the second.
    private const int Positions = 1024;
    private const int FewestPositions = 256;
    private const int Budget = 131_072;

    // Sums of ranges take memory in every workspace.
    private const int SumsBudget = 524_288;

    private const int RowsOfTile = 6;

    // Each part lays out a grid and gathers all sums of its block.
    private const int MaximumParts = 8;

    private readonly ConvolutionLayout _layout;
    private readonly GradientJob[] _units;
    private readonly int _samplesAtOnce;
    private readonly int _chunks;
    private readonly int _unitCount;
    private readonly int _ranges = 1;
    private readonly int _innerPerPart;
    private readonly int _outerPerPart;
    private readonly int _innerParts;
    private readonly int _outerParts;
    private readonly int _gridLength;
    private readonly int _linesLength;

    // Whether each range adds to every tap of its channels, once.
    private readonly bool _writesAll;

    private readonly StrongConvolution? _strong;

    public KernelGradientStep(Storage storage, ConvolutionLayout layout, StrongConvolution? strong)
        : base(storage)
    {
        _layout = layout;
        _strong = strong;
        int groups = layout.Groups[0].Length;
        int samples = layout.Samples[0].Length;
        int inner = layout.Inner[0].Length;
        int outer = layout.Outer[0].Length;
        Operations = 2 * layout.Products;
        double wanted = Math.Clamp(layout.Products / ConvolutionStep<T>.ProductsPerPart, 1, MaximumParts) / Math.Max(groups, 1);
        ConvolutionLayout.PolyphaseComponent[][] jobs =
            [.. layout.Jobs.Where(job => job.All(phase => phase.Count > 0 && phase.Taps.Length > 0))];
        bool empty = (long)groups * samples * inner * outer == 0 || jobs.Length == 0;
        _units = [];
        if (!empty)
        {
            int largest = jobs.Max(job => job.Aggregate(1, (product, phase) => product * phase.Count));
            int positions = Math.Clamp(Budget / inner, FewestPositions, Positions);
            _samplesAtOnce = Math.Clamp(positions / largest, 1, samples);
            _chunks = (samples + _samplesAtOnce - 1) / _samplesAtOnce;
            double slabs = Math.Ceiling((double)largest / positions);
            ConvolutionGrid[] grids = [.. jobs.Select(job =>
                new ConvolutionGrid(layout, job, _samplesAtOnce, Math.Max(1, (int)Math.Ceiling(job[layout.SlabAxis].Count / slabs))))];
            _unitCount = checked(_chunks * grids.Sum(grid => grid.Slabs));
            _ranges = (int)Math.Clamp(Math.Ceiling(wanted), 1, Math.Min(_unitCount, Math.Max(1, SumsBudget / Math.Max(1, Result.Length))));
            Blocks(wanted / _ranges, inner, outer, out _innerPerPart, out _innerParts, out _outerPerPart, out _outerParts);
            _units =
                [.. grids.Select(
                    grid => new GradientJob(layout, grid, _innerPerPart, _samplesAtOnce, samples - ((_chunks - 1) * _samplesAtOnce)))];
            _writesAll = _units.Length == 1
                && _units[0].Grid.TapStarts.Length == layout.TapLengths.Aggregate(1, (product, length) => product * length);
            _gridLength = RoundUp(_units.Max(unit => checked(_innerPerPart * unit.Grid.ChannelStride)));
            _linesLength = checked(_outerPerPart * _units.Max(unit => unit.LineLength));
            int sums = _units.Max(unit => WindowDots.SumsLength(_outerPerPart, _innerPerPart * unit.Grid.TapStarts.Length));
            ScratchLength = checked(_gridLength + _linesLength + sums + Vector512<T>.Count);
        }
        else
        {
            Blocks(wanted, inner, outer, out _innerPerPart, out _innerParts, out _outerPerPart, out _outerParts);
        }

        Parts = Math.Max(1, groups * _ranges * _innerParts * _outerParts);
    }

    public override int Parts { get; }

    public override int ScratchLength { get; }

    public override double Operations { get; }

    /// <inheritdoc/>
    /// <remarks>Sums over ranges are complete only after <see cref="Finish"/>.</remarks>
    public override bool HasWholeParts => _ranges == 1 && Parts == 1;

    public override long StateLength => (_ranges - 1) * (long)Result.Length;

    public override object? NewState() => _ranges == 1 ? null : new T[StateLength];

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        int block = part / _ranges;
        int range = part % _ranges;
        int group = block / (_innerParts * _outerParts);
        int firstInner = block / _outerParts % _innerParts * _innerPerPart;
        int firstOuter = block % _outerParts * _outerPerPart;
        if (group >= _layout.Groups[0].Length)
        {
            return;
        }

        int inner = Math.Min(_innerPerPart, _layout.Inner[0].Length - firstInner);
        int outer = Math.Min(_outerPerPart, _layout.Outer[0].Length - firstOuter);
        Span<T> sums = range == 0
            ? workspace.Write(Result)
            : ((T[])workspace.State(this)).AsSpan((range - 1) * Result.Length, Result.Length);
        fixed (T* image = workspace.Read(Operand(_layout.Image)), other = workspace.Read(Operand(_layout.Long)), result = sums,
            own = scratch)
        {
            T* target = result + _layout.Groups[1][group];
            if (!_writesAll)
            {
                Clear(target, _layout.Inner[1].AsSpan(firstInner, inner), _layout.Outer[0].AsSpan(firstOuter, outer));
            }

            T* grid = (T*)(((nuint)own + (nuint)(Vector512<byte>.Count - 1)) & ~(nuint)(Vector512<byte>.Count - 1));
            int first = (int)((long)_unitCount * range / _ranges);
            int end = (int)((long)_unitCount * (range + 1) / _ranges);
            foreach (GradientJob unit in _units)
            {
                // Outermost the phases, then the samples, then the slabs.
                int count = unit.Grid.Slabs * _chunks;
                if (first < count && end > 0)
                {
                    Add(
                        unit, Math.Max(first, 0), Math.Min(end, count), image + _layout.Groups[0][group], other + _layout.Groups[2][group],
                        (firstInner, inner),
                        (firstOuter, outer), grid, target);
                }

                first -= count;
                end -= count;
            }
        }

        if (HasWholeParts)
        {
            Mend(workspace);
        }
    }

    /// <summary>Adds up the ranges' sums, and mends what parts on their own could not.</summary>
    public override void Finish(Workspace<T> workspace)
    {
        Span<T> result = workspace.Write(Result);
        for (int range = 1; range < _ranges; range++)
        {
            ReadOnlySpan<T> sums = ((T[])workspace.State(this)).AsSpan((range - 1) * result.Length, result.Length);
            int i = 0;
            for (; i <= result.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                (new Vector<T>(result[i..]) + new Vector<T>(sums[i..])).CopyTo(result[i..]);
            }

            for (; i < result.Length; i++)
            {
                result[i] += sums[i];
            }
        }

        Mend(workspace);
    }

    private void Mend(Workspace<T> workspace) =>
        _strong?.Mend(workspace.Read(Operand(0)), workspace.Read(Operand(1)), workspace.Write(Result), 0, Result.Length);

    /// <summary>Cuts channels into about so many blocks; each lays out the image's channels and the long tensor's that it needs.</summary>
    private static void Blocks(
        double wanted, int inner, int outer, out int innerPerPart, out int innerParts, out int outerPerPart, out int outerParts)
    {
        int blocks = Math.Max(1, (int)Math.Ceiling(wanted));
        innerPerPart = Math.Max(1, (inner + blocks - 1) / blocks);
        innerParts = Math.Max(1, (inner + innerPerPart - 1) / innerPerPart);
        int tiles = Math.Max(1, (outer + RowsOfTile - 1) / RowsOfTile);
        int perPart = Math.Max(1, tiles * innerParts / blocks);
        outerPerPart = perPart * RowsOfTile;
        outerParts = Math.Max(1, (tiles + perPart - 1) / perPart);
    }

    /// <summary>Adds the dot products of some chunks and slabs of one combination of phases.</summary>
    private void Add(
        GradientJob unit, int from, int to, T* image, T* other, (int First, int Count) inner, (int First, int Count) outer, T* grid,
        T* target)
    {
        int taps = unit.Grid.TapStarts.Length;
        T* lines = grid + _gridLength;
        T* sums = lines + _linesLength;
        new Span<T>(sums, WindowDots.SumsLength(outer.Count, inner.Count * taps)).Clear();
        int previous = -1;
        fixed (int* rowStarts = _layout.Outer[0], tapAt = unit.TapAt, shifts = unit.Shifts)
        {
            for (int index = from; index < to; index++)
            {
                int slab = index % unit.Grid.Slabs;
                int first = index / unit.Grid.Slabs * _samplesAtOnce;
                int count = Math.Min(_samplesAtOnce, _layout.Samples[0].Length - first);
                ConvolutionVectors vectors = unit.Vectors[(count < _samplesAtOnce ? 2 : 0) + (slab == unit.Grid.Slabs - 1 ? 1 : 0)];
                unit.Grid.Fill(
                    image, _layout.Inner[0].AsSpan(inner.First, inner.Count), _layout.Samples[0].AsSpan(first, count), slab, grid,
                    slab != previous);
                previous = slab;
                if (!vectors.Dense)
                {
                    new Span<T>(lines, outer.Count * unit.LineLength).Clear();
                }

                for (int o = 0; o < outer.Count; o++)
                {
                    unit.Grid.CopyPositions(
                        other + _layout.Outer[1][outer.First + o], _layout.Samples[1].AsSpan(first, count), slab,
                        lines + ((nint)o * unit.LineLength),
                        vectors.Buffer, toBuffer: true);
                }

                fixed (int* reads = vectors.Reads)
                {
                    var factors = new DotFactors<T>
                    {
                        Lines = lines,
                        LineStride = unit.LineLength,
                        Image = grid,
                        Reads = reads,
                        Vectors = vectors.Count,
                        ReadApart = vectors.ReadApart,
                        Shifts = shifts,
                    };
                    WindowDots.Add(factors, outer.Count, inner.Count * taps, vectors.Halves, sums);
                }
            }

            WindowDots.Scatter(
                outer.Count, inner.Count * taps, sums, target, rowStarts + outer.First, tapAt + (inner.First * taps), add: !_writesAll);
        }
    }

    /// <summary>Zeros for this part's sums, also those of taps that only ever meet padding.</summary>
    private void Clear(T* sums, ReadOnlySpan<int> inner, ReadOnlySpan<int> outer)
    {
        foreach (int o in outer)
        {
            foreach (int i in inner)
            {
                for (int x = 0; x < _layout.TapLengths[0]; x++)
                {
                    for (int y = 0; y < _layout.TapLengths[1]; y++)
                    {
                        for (int z = 0; z < _layout.TapLengths[2]; z++)
                        {
                            sums[o + i + (x * _layout.TapStrides[0]) + (y * _layout.TapStrides[1]) + (z * _layout.TapStrides[2])] = T.Zero;
                        }
                    }
                }
            }
        }
    }

    private static int RoundUp(int length) => (length + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;

    /// <summary>
    /// A combination of phases with its vectors and tables: by how much the taps of a part's channels shift, and where the sums of all go.
    /// </summary>
    private sealed class GradientJob
    {
        public GradientJob(ConvolutionLayout layout, ConvolutionGrid grid, int innerPerPart, int samples, int lastSamples)
        {
            Grid = grid;
            int lastRows = grid.RowsOf(grid.Slabs - 1);
            Vectors =
            [
                grid.Vectors<T>(samples, grid.RowsOf(0), sequence: true), grid.Vectors<T>(samples, lastRows, sequence: true),
                grid.Vectors<T>(lastSamples, grid.RowsOf(0), sequence: true), grid.Vectors<T>(lastSamples, lastRows, sequence: true),
            ];

            // Lines at distances of powers of two would share cache sets.
            LineLength = Vectors.Max(vectors => vectors.BufferLength) + Vector512<T>.Count;
            TapAt = [.. from start in layout.Inner[1] from tap in grid.TapStarts select start + tap];
            Shifts =
            [
                .. from channel in Enumerable.Range(0, innerPerPart)
                   from distance in grid.TapDistances
                   select (channel * grid.ChannelStride) + distance,
            ];
        }

        public ConvolutionGrid Grid { get; }

        /// <summary>For all samples and rows; for the last slab; for the last samples; for both.</summary>
        public ConvolutionVectors[] Vectors { get; }

        public int LineLength { get; }

        public int[] TapAt { get; }

        public int[] Shifts { get; }
    }
}

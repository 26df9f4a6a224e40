using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Execution.Fusion;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// A convolution whose result is its long tensor: the taps times shifted copies of the image. The work is cut into groups, samples and
/// slabs.
/// </summary>
internal sealed unsafe class ConvolutionStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Multiply-adds of a part, ten microseconds or so.</summary>
    public const double ProductsPerPart = 1_000_000;

    public const int MaximumParts = 16;

    // What a unit of work holds: it should stay in a core's second cache.
    private const int Budget = 49_152;
    private const int Positions = 1024;

    // Lines of powers of two would share cache sets.
    private const int Skew = 16;

    private readonly ConvolutionLayout _layout;
    private readonly ConvolutionJob[] _units;
    private readonly int _unitCount;
    private readonly int _samplesAtOnce;
    private readonly int _chunks;
    private readonly int _gridLength;
    private readonly StrongConvolution? _strong;

    public ConvolutionStep(Storage storage, ConvolutionLayout layout, StrongConvolution? strong)
        : base(storage)
    {
        _layout = layout;
        _strong = strong;
        int groups = layout.Groups[0].Length;
        int samples = layout.Samples[0].Length;
        double wanted = Math.Clamp(layout.Products / ProductsPerPart, 1, MaximumParts);
        Operations = 2 * layout.Products;
        if (layout.Jobs.Length == 0 || (long)groups * samples * layout.Outer[0].Length == 0)
        {
            _units = [];
            return;
        }

        // Small images share a unit, large ones are cut into slabs; both less if that leaves too few units to share among threads.
        int largest = layout.Jobs.Max(job => new ConvolutionGrid(layout, job, 1, job[layout.SlabAxis].Count).ChannelStride);
        int channels = Math.Max(Math.Max(layout.Inner[0].Length, layout.Outer[0].Length), 1);
        double images = Budget / ((double)largest * channels);
        int together = (int)Math.Clamp(Math.Min(images, (double)Positions / largest), 1, samples);
        _samplesAtOnce = Math.Min(together, (int)Math.Ceiling(samples * groups / wanted));
        double slabs = Math.Ceiling(Math.Max(1 / images, wanted / ((double)groups * samples)));
        _chunks = (samples + _samplesAtOnce - 1) / _samplesAtOnce;
        int last = samples - ((_chunks - 1) * _samplesAtOnce);
        _units = [.. layout.Jobs.Select(job => new ConvolutionJob(
            layout, new ConvolutionGrid(layout, job, _samplesAtOnce, Math.Max(1, (int)Math.Ceiling(job[layout.SlabAxis].Count / slabs))),
            _samplesAtOnce, last))];
        _unitCount = checked(groups * _chunks * _units.Sum(unit => unit.Grid.Slabs));
        Parts = (int)Math.Clamp(wanted, 1, Math.Max(_unitCount, 1));
        _gridLength = _units.Max(unit => checked(layout.Inner[0].Length * unit.Grid.ChannelStride));
        _gridLength = (_gridLength + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;

        // The grid starts where a vector does.
        ScratchLength = checked(_gridLength + Vector512<T>.Count + (layout.Outer[0].Length * _units.Max(unit => unit.BufferLength)));
    }

    public override int Parts { get; } = 1;

    public override int ScratchLength { get; }

    public override double Operations { get; }

    /// <inheritdoc/>
    /// <remarks>Parts of several samples are whole where the samples lie one behind the other and share out evenly.</remarks>
    public override bool HasWholeParts =>
        Parts == 1
            || (_layout.Groups[0].Length == 1 && _chunks % Parts == 0
                && _layout.Samples[1].Index().All(sample => sample.Item == sample.Index * SampleLength));

    private int SampleLength => Result.Length / _layout.Samples[1].Length;

    public override ElementRuns RunsOf(int part)
    {
        if (Parts == 1)
        {
            return base.RunsOf(part);
        }

        int samples = _chunks / Parts * _samplesAtOnce;
        int first = part * samples;
        return new ElementRuns(first * SampleLength, (Math.Min(first + samples, _layout.Samples[1].Length) - first) * SampleLength);
    }

    /// <summary>Whether a part that does not know its elements has met what is not finite.</summary>
    public override object? NewState() => _strong is null || HasWholeParts ? null : new StrongBox<bool>();

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        bool isFinite = _strong is null || Finiteness.AllFinite(workspace.Read(Operand(_layout.Taps)));
        int end = (int)((long)_unitCount * (part + 1) / Parts);
        fixed (T* image = workspace.Read(Operand(_layout.Image)), taps = workspace.Read(Operand(_layout.Taps)),
            result = workspace.Write(Result), own = scratch)
        {
            T* aligned = (T*)(((nuint)own + (nuint)(Vector512<byte>.Count - 1)) & ~(nuint)(Vector512<byte>.Count - 1));
            int previous = -1;
            for (int i = (int)((long)_unitCount * part / Parts); i < end; i++)
            {
                previous = RunUnit(i, previous, image, taps, result, aligned, ref isFinite);
            }
        }

        if (isFinite)
        {
            return;
        }

        if (!HasWholeParts)
        {
            ((StrongBox<bool>)workspace.State(this)).Value = true;
            return;
        }

        ElementRuns runs = RunsOf(part);
        for (int i = 0; i < runs.Count; i++)
        {
            Mend(workspace, runs.Begin + (i * runs.Stride), runs.Length);
        }
    }

    public override void Finish(Workspace<T> workspace)
    {
        if (_strong is not null && !HasWholeParts && workspace.State(this) is StrongBox<bool> { Value: true } state)
        {
            state.Value = false;
            Mend(workspace, 0, Result.Length);
        }
    }

    private void Mend(Workspace<T> workspace, int begin, int length) =>
        _strong!.Mend(workspace.Read(Operand(0)), workspace.Read(Operand(1)), workspace.Write(Result), begin, begin + length);

    /// <summary>Runs a unit of work.</summary>
    /// <returns>The slab it took, among those of all phases.</returns>
    private int RunUnit(int index, int previous, T* image, T* taps, T* result, T* scratch, ref bool isFinite)
    {
        // Innermost the slabs of all phases, then the samples, then the groups.
        int slabs = _unitCount / (_layout.Groups[0].Length * _chunks);
        int number = index % slabs;
        int chunk = index / slabs % _chunks;
        int group = index / slabs / _chunks;
        int job = 0;
        int slab = number;
        while (slab >= _units[job].Grid.Slabs)
        {
            slab -= _units[job++].Grid.Slabs;
        }

        ConvolutionJob unit = _units[job];
        ConvolutionGrid grid = unit.Grid;
        int first = chunk * _samplesAtOnce;
        int count = Math.Min(_samplesAtOnce, _layout.Samples[0].Length - first);
        ConvolutionVectors vectors = unit.Vectors[(count < _samplesAtOnce ? 2 : 0) + (slab == grid.Slabs - 1 ? 1 : 0)];
        int outer = _layout.Outer[0].Length;
        T* target = result + _layout.Groups[2][group];
        grid.Fill(
            image + _layout.Groups[0][group], _layout.Inner[0], _layout.Samples[0].AsSpan(first, count), slab, scratch, number != previous);
        if (_strong is not null)
        {
            isFinite &= Finiteness.AllFinite(new ReadOnlySpan<T>(scratch, _layout.Inner[0].Length * grid.ChannelStride));
        }

        fixed (int* tapRows = _layout.Outer[0], resultRows = vectors.Direct
            ? _layout.Outer[1]
            : unit.BufferRows, terms = unit.Terms, reads = vectors.Reads,
            places = vectors.Places)
        {
            var factors = new WindowFactors<T>
            {
                Taps = taps + _layout.Groups[1][group],
                TapRows = tapRows,
                Terms = terms,
                Depth = unit.Terms.Length / 2,
                Image = scratch,
                Reads = reads,
                ReadApart = vectors.ReadApart,
                Result = vectors.Direct ? target + grid.LongStart(slab) + _layout.Samples[1][first] : scratch + _gridLength,
                ResultRows = resultRows,
                Places = places,
                PlaceApart = vectors.PlaceApart,
            };
            WindowProduct.Multiply(factors, outer, vectors.Reads.Length, vectors.Halves);
        }

        for (int o = 0; o < outer && !vectors.Direct; o++)
        {
            grid.CopyPositions(
                target + _layout.Outer[1][o], _layout.Samples[1].AsSpan(first, count), slab, scratch + _gridLength + unit.BufferRows[o],
                vectors.Buffer,
                toBuffer: false);
        }

        return number;
    }

    /// <summary>A combination of phases with the terms of its product, over inner channels and taps, and its vectors.</summary>
    private sealed class ConvolutionJob
    {
        public ConvolutionJob(ConvolutionLayout layout, ConvolutionGrid grid, int samples, int lastSamples)
        {
            Grid = grid;
            int lastRows = grid.RowsOf(grid.Slabs - 1);
            Vectors =
            [
                grid.Vectors<T>(samples, grid.RowsOf(0), sequence: false), grid.Vectors<T>(samples, lastRows, sequence: false),
                grid.Vectors<T>(lastSamples, grid.RowsOf(0), sequence: false), grid.Vectors<T>(lastSamples, lastRows, sequence: false),
            ];
            BufferLength = Vectors.All(vectors => vectors.Direct) ? 0 : Vectors.Max(vectors => vectors.BufferLength) + Skew;
            BufferRows = [.. Enumerable.Range(0, layout.Outer[0].Length).Select(o => checked(o * BufferLength))];
            Terms =
            [
                .. from channel in Enumerable.Range(0, layout.Inner[0].Length)
                   from tap in Enumerable.Range(0, grid.TapStarts.Length)
                   from number in (int[])
                       [layout.Inner[1][channel] + grid.TapStarts[tap], (channel * grid.ChannelStride) + grid.TapDistances[tap]]
                   select number,
            ];
        }

        public ConvolutionGrid Grid { get; }

        /// <summary>For all samples and rows; for the last slab; for the last samples; for both.</summary>
        public ConvolutionVectors[] Vectors { get; }

        /// <summary>Elements of one channel's results before they are copied.</summary>
        public int BufferLength { get; }

        public int[] BufferRows { get; }

        public int[] Terms { get; }
    }
}

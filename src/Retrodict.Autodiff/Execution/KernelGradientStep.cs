using System.Numerics;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// A convolution whose result is the taps, as the kernel's gradient is: dot products of the long tensor with the shifted image, over all samples at once.
/// The work is cut into groups and blocks of channels.
/// </summary>
internal sealed unsafe class KernelGradientStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A run of positions this long keeps a few lines of both tensors in the first two caches and repays adding up its sums.
    private const int Positions = 2048;

    private const int RowsOfTile = 6;

    private readonly ConvolutionLayout _layout;
    private readonly Unit[] _units;
    private readonly int _samplesAtOnce;
    private readonly int _innerPerPart;
    private readonly int _outerPerPart;
    private readonly int _innerParts;
    private readonly int _outerParts;
    private readonly int _gridLength;

    public KernelGradientStep(Storage storage, ConvolutionLayout layout)
        : base(storage)
    {
        _layout = layout;
        int groups = layout.Groups[0].Length;
        int samples = layout.Samples[0].Length;
        int inner = layout.Inner[0].Length;
        int outer = layout.Outer[0].Length;
        Operations = 2 * layout.Products;
        double wanted = Math.Clamp(layout.Products / ConvolutionStep<T>.ProductsPerPart, 1, ConvolutionStep<T>.MaximumParts) / Math.Max(groups, 1);

        // Every part lays out the image's channels and the long tensor's that it needs.
        int blocks = (int)Math.Ceiling(wanted);
        _innerPerPart = Math.Max(1, (inner + blocks - 1) / blocks);
        _innerParts = Math.Max(1, (inner + _innerPerPart - 1) / _innerPerPart);
        int tiles = Math.Max(1, (outer + RowsOfTile - 1) / RowsOfTile);
        int perPart = Math.Max(1, tiles * _innerParts / blocks);
        _outerPerPart = perPart * RowsOfTile;
        _outerParts = Math.Max(1, (tiles + perPart - 1) / perPart);
        Parts = Math.Max(1, groups * _innerParts * _outerParts);

        ConvolutionLayout.Phase[][] jobs = [.. layout.Jobs.Where(job => job.All(phase => phase.Count > 0 && phase.Taps.Length > 0))];
        if ((long)groups * samples * inner * outer == 0 || jobs.Length == 0)
        {
            _units = [];
            return;
        }

        int largest = jobs.Max(job => new ConvolutionGrid(layout, job, 1, job[layout.SlabAxis].Count).Volume);
        _samplesAtOnce = Math.Clamp(Positions / largest, 1, samples);
        double slabs = Math.Ceiling((double)largest / Positions);
        _units = [.. jobs.Select(job => new Unit(
            layout, new ConvolutionGrid(layout, job, _samplesAtOnce, Math.Max(1, (int)Math.Ceiling(job[layout.SlabAxis].Count / slabs))), _innerPerPart))];
        _gridLength = _units.Max(unit => checked(_innerPerPart * unit.Grid.ChannelStride));
        ScratchLength = checked(_gridLength + Vector512<T>.Count + _units.Max(unit => _outerPerPart * Length(unit.Grid, _samplesAtOnce, unit.Grid.Rows)));
    }

    public override int Parts { get; }

    public override int ScratchLength { get; }

    public override double Operations { get; }

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        int group = part / (_innerParts * _outerParts);
        int firstInner = part / _outerParts % _innerParts * _innerPerPart;
        int firstOuter = part % _outerParts * _outerPerPart;
        if (group >= _layout.Groups[0].Length)
        {
            return;
        }

        int inner = Math.Min(_innerPerPart, _layout.Inner[0].Length - firstInner);
        int outer = Math.Min(_outerPerPart, _layout.Outer[0].Length - firstOuter);
        fixed (T* image = workspace.Read(Operand(_layout.Image)), other = workspace.Read(Operand(_layout.Long)), result = workspace.Write(Result), own = scratch)
        {
            T* sums = result + _layout.Groups[1][group];
            Clear(sums, _layout.Inner[1].AsSpan(firstInner, inner), _layout.Outer[0].AsSpan(firstOuter, outer));
            foreach (Unit unit in _units)
            {
                for (int first = 0; first < _layout.Samples[0].Length; first += _samplesAtOnce)
                {
                    int count = Math.Min(_samplesAtOnce, _layout.Samples[0].Length - first);
                    for (int slab = 0; slab < unit.Grid.Slabs; slab++)
                    {
                        unit.Grid.Fill(
                            image + _layout.Groups[0][group], _layout.Inner[0].AsSpan(firstInner, inner), _layout.Samples[0].AsSpan(first, count), slab, own);
                        int length = Length(unit.Grid, count, unit.Grid.RowsOf(slab));
                        T* lines = own + _gridLength + Vector512<T>.Count;
                        new Span<T>(own + (inner * unit.Grid.ChannelStride), Vector512<T>.Count).Clear();
                        new Span<T>(lines, outer * length).Clear();
                        for (int o = 0; o < outer; o++)
                        {
                            unit.Grid.CopyPositions(
                                other + _layout.Groups[2][group] + _layout.Outer[1][firstOuter + o], _layout.Samples[1].AsSpan(first, count), slab,
                                lines + ((nint)o * length), toRun: true);
                        }

                        fixed (int* rowStarts = _layout.Outer[0], tapAt = unit.TapAt, imageAt = unit.ImageAt)
                        {
                            int taps = unit.Grid.TapStarts.Length;
                            WindowProduct.AddDots(
                                outer, inner * taps, length, lines, length, own, imageAt, sums, rowStarts + firstOuter, tapAt + (firstInner * taps));
                        }
                    }
                }
            }
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

    private static int Length(ConvolutionGrid grid, int samples, int rows) =>
        (grid.Positions(samples, rows) + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;

    /// <summary>A combination of phases with its tables: where the image's lines start within a part's grid, and where the sums of all channels go.</summary>
    private sealed class Unit(ConvolutionLayout layout, ConvolutionGrid grid, int innerPerPart)
    {
        public ConvolutionGrid Grid => grid;

        public int[] TapAt { get; } = [.. from start in layout.Inner[1] from tap in grid.TapStarts select start + tap];

        public int[] ImageAt { get; } =
            [.. from channel in Enumerable.Range(0, innerPerPart) from distance in grid.TapDistances select (channel * grid.ChannelStride) + distance];
    }
}

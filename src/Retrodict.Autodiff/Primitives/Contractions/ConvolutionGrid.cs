using System.Numerics;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// The padded grid of one combination of phases (see <see cref="ConvolutionLayout"/>): some samples and a slab of lines at a time, as
/// [channel, remainders, sample, lines...], with the distances at which the taps read it. Positions m of the long tensor have the same
/// distances between them.
/// </summary>
internal sealed unsafe class ConvolutionGrid
{
    private const int Axes = ConvolutionLayout.Axes;

    private readonly ConvolutionLayout _layout;
    private readonly ConvolutionLayout.PolyphaseComponent[] _job;
    private readonly int[] _strides = new int[Axes];
    private readonly int[] _lengths = new int[Axes];
    private readonly int _remainderStride;

    /// <param name="layout">The convolution.</param>
    /// <param name="job">The combination of phases.</param>
    /// <param name="samples">The most samples at a time.</param>
    /// <param name="rows">The most positions along the slab's axis at a time.</param>
    public ConvolutionGrid(ConvolutionLayout layout, ConvolutionLayout.PolyphaseComponent[] job, int samples, int rows)
    {
        _layout = layout;
        _job = job;
        Rows = rows;
        Volume = 1;
        int remainders = 1;
        for (int axis = Axes - 1; axis >= 0; axis--)
        {
            _strides[axis] = Volume;
            _lengths[axis] = (axis == layout.SlabAxis ? Math.Min(rows, job[axis].Count) : job[axis].Count) + job[axis].Reach;
            Volume = checked(Volume * _lengths[axis]);
            remainders *= job[axis].Remainders.Length;
        }

        _remainderStride = checked(Volume * samples);

        // What a run of positions reads beyond its end, up to a whole vector, belongs to no other channel.
        ChannelStride = checked((_remainderStride * remainders) + Vector512<float>.Count);
        var starts = new List<int>();
        var distances = new List<int>();
        foreach ((int Position, int Remainder, int Distance) x in job[0].Taps)
        {
            foreach ((int Position, int Remainder, int Distance) y in job[1].Taps)
            {
                foreach ((int Position, int Remainder, int Distance) z in job[2].Taps)
                {
                    int remainder = (((x.Remainder * job[1].Remainders.Length) + y.Remainder) * job[2].Remainders.Length) + z.Remainder;
                    distances.Add((remainder * _remainderStride) + (x.Distance * _strides[0]) + (y.Distance * _strides[1]) + z.Distance);
                    starts.Add(
                        (x.Position * layout.TapStrides[0]) + (y.Position * layout.TapStrides[1]) + (z.Position * layout.TapStrides[2]));
                }
            }
        }

        TapStarts = [.. starts];
        TapDistances = [.. distances];
    }

    /// <summary>Positions along the slab's axis in one slab.</summary>
    public int Rows { get; }

    /// <summary>Points of one sample and remainder.</summary>
    public int Volume { get; }

    /// <summary>Elements from one channel to the next.</summary>
    public int ChannelStride { get; }

    /// <summary>Where each tap's weights start in the tensor of taps.</summary>
    public int[] TapStarts { get; }

    /// <summary>How far from a position each tap reads.</summary>
    public int[] TapDistances { get; }

    /// <summary>
    /// The vectors of all positions of some samples and rows; their places in the long tensor count from that of the slab's first position.
    /// </summary>
    /// <param name="samples">How many samples.</param>
    /// <param name="rows">Positions along the slab's axis.</param>
    /// <param name="sequence">Whether the vectors must stand in a buffer one after the other, and not in the long tensor.</param>
    public ConvolutionVectors Vectors<T>(int samples, int rows, bool sequence)
        where T : unmanaged
    {
        Span<int> counts = [_job[0].Count, _job[1].Count, _job[2].Count];
        counts[_layout.SlabAxis] = rows;
        (int, int, int)? tensor = !sequence && _layout.SampleStride is { } sample && LongStep(2) == 1
            ? (sample, (int)LongStep(0), (int)LongStep(1))
            : null;
        return ConvolutionVectors.Of<T>(counts, samples, (Volume, _strides[0], _strides[1]), tensor, sequence);
    }

    /// <summary>The number of slabs.</summary>
    public int Slabs => (_job[_layout.SlabAxis].Count + Rows - 1) / Rows;

    /// <summary>First position of a slab.</summary>
    public int SlabStart(int slab) => slab * Rows;

    /// <summary>Positions along the slab's axis in this slab.</summary>
    public int RowsOf(int slab) => Math.Min(Rows, _job[_layout.SlabAxis].Count - (slab * Rows));

    /// <summary>Lays channels of the image out; what is padding is zero.</summary>
    /// <param name="image">The image of a group.</param>
    /// <param name="channels">Where the channels start.</param>
    /// <param name="samples">Where the samples start.</param>
    /// <param name="slab">Which slab.</param>
    /// <param name="grid">Filled to the last channel's end.</param>
    /// <param name="clear">Whether to write the zeros; they are there already if the grid held the same slab of other samples or groups
    /// before.</param>
    public void Fill<T>(T* image, ReadOnlySpan<int> channels, ReadOnlySpan<int> samples, int slab, T* grid, bool clear)
        where T : unmanaged, INumberBase<T>
    {
        if (clear)
        {
            new Span<T>(grid, channels.Length * ChannelStride).Clear();
        }

        foreach (int channel in channels)
        {
            T* remainder = grid;
            foreach (int x in _job[0].Remainders)
            {
                foreach (int y in _job[1].Remainders)
                {
                    foreach (int z in _job[2].Remainders)
                    {
                        T* sample = remainder;
                        foreach (int start in samples)
                        {
                            FillSample(image + channel + start, x, y, z, slab, sample);
                            sample += Volume;
                        }

                        remainder += _remainderStride;
                    }
                }
            }

            grid += ChannelStride;
        }
    }

    /// <summary>Where a slab's first position lies in the long tensor.</summary>
    public nint LongStart(int slab)
    {
        nint start = 0;
        for (int axis = 0; axis < Axes; axis++)
        {
            start += ((nint)_job[axis].Start * _layout.LongStrides[axis]) + (LongStep(axis) * SlabOffset(axis, slab));
        }

        return start;
    }

    /// <summary>Copies the positions of the long tensor between it and a buffer.</summary>
    /// <param name="tensor">The long tensor from the start of its group.</param>
    /// <param name="samples">Where the samples start.</param>
    /// <param name="slab">Which slab.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="strides">Distances in the buffer: from one sample, plane and line to the next.</param>
    /// <param name="toBuffer">The direction.</param>
    public void CopyPositions<T>(
        T* tensor, ReadOnlySpan<int> samples, int slab, T* buffer, (int Sample, int Plane, int Line) strides, bool toBuffer)
        where T : unmanaged
    {
        (int first, int second, int third) = (Count(0, slab), Count(1, slab), Count(2, slab));
        (nint x, nint y, nint z) = (LongStep(0), LongStep(1), LongStep(2));
        tensor += LongStart(slab);

        // Lines, and then planes, that follow each other on both sides are one.
        if (z == 1 && (second == 1 || (y == third && strides.Line == third)))
        {
            third *= second;
            second = 1;
            if (x == third && strides.Plane == third)
            {
                third *= first;
                first = 1;
            }
        }

        foreach (int start in samples)
        {
            for (int i = 0; i < first; i++)
            {
                T* line = tensor + start + (i * x);
                T* at = buffer + (i * strides.Plane);
                for (int j = 0; j < second; j++)
                {
                    if (toBuffer)
                    {
                        Copy(line, z, at, 1, third);
                    }
                    else
                    {
                        Copy(at, 1, line, z, third);
                    }

                    line += y;
                    at += strides.Line;
                }
            }

            buffer += strides.Sample;
        }

        int Count(int axis, int number) => axis == _layout.SlabAxis ? RowsOf(number) : _job[axis].Count;
    }

    private nint LongStep(int axis) => (nint)_job[axis].Step * _layout.LongStrides[axis];

    private void FillSample<T>(T* image, int x, int y, int z, int slab, T* grid)
        where T : unmanaged
    {
        Line first = LineOf(0, x, slab);
        Line second = LineOf(1, y, slab);
        Line third = LineOf(2, z, slab);
        if (second.Count == 0 || third.Count == 0)
        {
            return;
        }

        // A line or a plane one period further on is the same.
        int planes = first.Repeat == 0 ? first.Count : Math.Min(first.Repeat, first.Count);
        int lines = second.Repeat == 0 ? second.Count : Math.Min(second.Repeat, second.Count);
        grid += (first.Start * _strides[0]) + (second.Start * _strides[1]);
        T* plane = grid;
        for (int i = first.At, n = planes; n > 0; n--, i = first.Next(i), plane += _strides[0])
        {
            if (i >= first.Length)
            {
                continue;
            }

            if (second.IsPlain && third.IsPlain && _layout.ImageStrides[2] == 1)
            {
                CopyLines(
                    image + ((nint)i * _layout.ImageStrides[0]) + ((nint)second.At * _layout.ImageStrides[1]) + third.At,
                    _layout.ImageStrides[1],
                    plane + third.Start, _strides[1], lines, third.Count);
                continue;
            }

            T* line = plane;
            for (int j = second.At, m = lines; m > 0; m--, j = second.Next(j), line += _strides[1])
            {
                if (j < second.Length)
                {
                    CopyLine(
                        image + ((nint)i * _layout.ImageStrides[0]) + ((nint)j * _layout.ImageStrides[1]), in third,
                        _layout.ImageStrides[2], line + third.Start);
                }
            }

            Repeat(plane, lines, second.Count, _strides[1]);
        }

        Repeat(grid, planes, first.Count, _strides[0]);
    }

    /// <summary>
    /// Copies lines of contiguous elements, a vector at a time where they fill one; the last vector of a line overlaps the one before.
    /// </summary>
    private static void CopyLines<T>(T* from, nint fromStep, T* to, nint toStep, int lines, int length)
        where T : unmanaged
    {
        int last = length - Vector512<T>.Count;
        for (; lines > 0; lines--, from += fromStep, to += toStep)
        {
            if (last < 0)
            {
                Copy(from, 1, to, 1, length);
                continue;
            }

            for (int at = 0; at < last; at += Vector512<T>.Count)
            {
                Vector512.Load(from + at).Store(to + at);
            }

            Vector512.Load(from + last).Store(to + last);
        }
    }

    /// <summary>Repeats what stands in the first so many slices of a block until it is full.</summary>
    private static void Repeat<T>(T* block, int filled, int count, int stride)
        where T : unmanaged
    {
        for (int at = filled; at < count; at += filled)
        {
            int length = Math.Min(filled, count - at) * stride;
            new ReadOnlySpan<T>(block, length).CopyTo(new Span<T>(block + (at * stride), length));
        }
    }

    /// <summary>The grid's points along an axis that lie inside the image, or all where that is periodic.</summary>
    private Line LineOf(int axis, int remainder, int slab)
    {
        int stride = _job[axis].Stride;
        int count = _lengths[axis] - (axis == _layout.SlabAxis ? Math.Min(Rows, _job[axis].Count) - RowsOf(slab) : 0);
        int first = _job[axis].First + SlabOffset(axis, slab);
        int length = _layout.ImageLengths[axis];
        int at = (stride * first) + remainder;
        if (_layout.ImagePeriods[axis] is > 0 and var period)
        {
            return new Line(0, count, ((at % period) + period) % period, stride, length, period);
        }

        int end = length <= remainder ? 0 : (length - remainder + stride - 1) / stride;
        int start = Math.Clamp(-first, 0, count);
        return new Line(start, Math.Clamp(end - first, start, count) - start, at + (start * stride), stride, length, int.MaxValue);
    }

    private int SlabOffset(int axis, int slab) => axis == _layout.SlabAxis ? SlabStart(slab) : 0;

    /// <summary>Runs of the innermost axis, each up to the end of a period.</summary>
    private static void CopyLine<T>(T* image, in Line line, nint imageStride, T* to)
        where T : unmanaged
    {
        int count = line.Count;
        int at = line.At;
        while (true)
        {
            int run = line.Period == int.MaxValue ? count : Math.Min(count, line.Before(line.Period - at));
            int inside = line.Length == line.Period || line.Period == int.MaxValue
                ? run
                : Math.Clamp(line.Before(line.Length - at), 0, run);
            Copy(image + (at * imageStride), line.Stride * imageStride, to, 1, inside);
            count -= run;
            if (count == 0)
            {
                return;
            }

            to += run;
            at = line.Wrapped(at + (run * line.Stride));
        }
    }

    private static void Copy<T>(T* from, nint fromStep, T* to, nint toStep, int length)
        where T : unmanaged
    {
        // Spans of a few elements would cost more than the elements.
        if (fromStep == 1 && toStep == 1 && length > 3)
        {
            new ReadOnlySpan<T>(from, length).CopyTo(new Span<T>(to, length));
            return;
        }

        for (int i = 0; i < length; i++)
        {
            *to = *from;
            from += fromStep;
            to += toStep;
        }
    }

    /// <summary>Points of the grid along one axis with the image's elements that stand there.</summary>
    /// <param name="Start">The first point that holds one.</param>
    /// <param name="Count">How many points follow.</param>
    /// <param name="At">The first element's position in the image.</param>
    /// <param name="Stride">Elements from one point to the next.</param>
    /// <param name="Length">The image's length; what lies beyond is zero.</param>
    /// <param name="Period">Where positions start again.</param>
    private readonly record struct Line(int Start, int Count, int At, int Stride, int Length, int Period)
    {
        /// <summary>After how many points the same elements follow again; 0 if that is not so.</summary>
        public int Repeat => Period != int.MaxValue && Period % Stride == 0 ? Period / Stride : 0;

        /// <summary>Whether neighbors in the grid are neighbors in the image, and all points stand for some of its elements.</summary>
        public bool IsPlain => Period == int.MaxValue && Stride == 1;

        public int Next(int at) => Period == int.MaxValue ? at + Stride : Wrapped(at + Stride);

        /// <summary>How many points come before a distance. Divisions would take longer than most lines.</summary>
        public int Before(int distance) => Stride == 1 ? distance : (distance + Stride - 1) / Stride;

        public int Wrapped(int at) => at < Period ? at : at < 2L * Period ? at - Period : at % Period;
    }
}

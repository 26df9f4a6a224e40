using System.Numerics;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Kernels.Fourier;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Runs a <see cref="LineKernel{T}"/> along one axis of [outer, length, inner] tensors, tile by tile. Where the inner axis fills vectors,
/// lines are read where they stand; else the lines of several outer indices are laid side by side in scratch memory, which for inner = 1 is
/// a transpose. Lines too few for a vector are transformed as they are if they are long, or beside empty lanes.
/// </summary>
internal sealed unsafe class LineStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements of a tile of wide lines: a few such arrays stay in the second-level cache.</summary>
    private const int WideTile = 8192;

    /// <summary>Elements of a tile of lines that are copied: stays in the first-level cache.</summary>
    private const int CopiedTile = 1024;

    private readonly LineKernel<T> _kernel;
    private readonly AxisView _view;
    private readonly int _operands;
    private readonly Window[] _results;
    private readonly int _toLength;
    private readonly bool _inPlace;
    private readonly int _tiles;
    private readonly int _group;
    private readonly int _lanes;
    private readonly int _unitsPerPart;
    private readonly int _units;

    /// <param name="storage">One real operand or two parts of a complex one; likewise the results.</param>
    /// <param name="axis">The axis along which the lines lie.</param>
    /// <param name="complexLength">The length of the complex transform inside the kernel.</param>
    /// <param name="kernel">Makes the kernel for a number of lanes.</param>
    public LineStep(Storage storage, int axis, int complexLength, Func<int, LineKernel<T>> kernel)
        : base(storage)
    {
        int vector = Vector512<T>.Count;
        _view = new AxisView(storage.OperandShapes[0], axis);
        _operands = storage.Operands.Length;
        _results = storage.Results;
        _toLength = storage.ResultShapes[0][axis];
        int length = Math.Max(_view.Length, _toLength);
        if (_view.Inner >= vector)
        {
            _inPlace = true;
            _group = 1;
            _tiles = Math.Max(1, _view.Inner / Math.Max(vector, WideTile / length / vector * vector));
            _lanes = (_view.Inner + _tiles - 1) / _tiles;
        }
        else
        {
            int target = Math.Clamp(CopiedTile / length / vector * vector, vector, 4 * vector);
            _tiles = 1;
            _group = Math.Max(1, Math.Min(_view.Outer, (target + _view.Inner - 1) / Math.Max(_view.Inner, 1)));
            _lanes = Math.Max(1, _group * _view.Inner);
            if (_lanes < vector && !ComplexTransform<T>.FitsNarrow(complexLength, _lanes))
            {
                _lanes = vector;
            }

            _inPlace = _group == 1 && _lanes == _view.Inner;
        }

        _kernel = kernel(_lanes);
        _units = _view.Inner == 0 ? 0 : (_view.Outer + _group - 1) / _group * _tiles;
        long elements = (long)_view.Outer * _view.Inner * length;
        _unitsPerPart = elements < ElementwiseStep<T>.ParallelThreshold
            ? Math.Max(_units, 1)
            : (int)Math.Max(1, _units * (long)(ElementwiseStep<T>.ParallelThreshold / 2) / elements);
        Parts = Math.Max(1, (_units + _unitsPerPart - 1) / _unitsPerPart);
    }

    public override int Parts { get; }

    public override double Operations => _kernel.Operations * _view.Outer * _view.Inner;

    public override int ScratchLength => checked(
        _kernel.ScratchLength(_lanes) + (_inPlace ? 0 : ((_operands * _view.Length) + (_results.Length * _toLength)) * _lanes));

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        int end = Math.Min(_units, (part + 1) * _unitsPerPart);
        fixed (T* re = workspace.Read(Operand(0)), im = _operands > 1 ? workspace.Read(Operand(1)) : default)
        fixed (T* toRe = workspace.Write(_results[0]), toIm = _results.Length > 1 ? workspace.Write(_results[1]) : default)
        fixed (T* memory = scratch)
        {
            for (int unit = part * _unitsPerPart; unit < end; unit++)
            {
                if (_inPlace)
                {
                    RunInPlace(unit, re, im, toRe, toIm, memory);
                }
                else
                {
                    RunCopied(unit, re, im, toRe, toIm, memory);
                }
            }
        }
    }

    private void RunInPlace(int unit, T* re, T* im, T* toRe, T* toIm, T* memory)
    {
        (int outer, int tile) = Math.DivRem(unit, _tiles);
        int first = (int)((long)_view.Inner * tile / _tiles);
        int lanes = (int)((long)_view.Inner * (tile + 1) / _tiles) - first;
        nint at = ((nint)outer * _view.Length * _view.Inner) + first;
        nint to = ((nint)outer * _toLength * _view.Inner) + first;
        _kernel.Run(
            new LaneRows<T>(re + at, im is null ? null : im + at, _view.Inner),
            new LaneRows<T>(toRe + to, toIm is null ? null : toIm + to, _view.Inner), lanes, memory);
    }

    private void RunCopied(int unit, T* re, T* im, T* toRe, T* toIm, T* memory)
    {
        int first = unit * _group;
        int count = Math.Min(_group, _view.Outer - first);
        nint at = (nint)first * _view.Length * _view.Inner;
        nint to = (nint)first * _toLength * _view.Inner;
        int fromSize = _view.Length * _lanes;
        int toSize = _toLength * _lanes;
        var from = new LaneRows<T>(memory, im is null ? null : memory + fromSize, _lanes);
        memory += _operands * (nint)fromSize;
        var result = new LaneRows<T>(memory, toIm is null ? null : memory + toSize, _lanes);
        memory += _results.Length * (nint)toSize;
        Gather(re + at, from.Re, count);
        if (im is not null)
        {
            Gather(im + at, from.Im, count);
        }

        _kernel.Run(from, result, _lanes, memory);
        Scatter(result.Re, toRe + to, count);
        if (toIm is not null)
        {
            Scatter(result.Im, toIm + to, count);
        }
    }

    /// <summary>Lays lines side by side; lanes without a line hold zeros.</summary>
    private void Gather(T* from, T* rows, int count)
    {
        int length = _view.Length;
        int inner = _view.Inner;
        int filled = count * inner;
        if (inner == 1)
        {
            Transpose(from, length, rows, _lanes, count, length);
        }
        else
        {
            for (int o = 0; o < count; o++)
            {
                for (int row = 0; row < length; row++)
                {
                    CopyFew(from + ((((nint)o * length) + row) * inner), rows + ((nint)row * _lanes) + (o * inner), inner);
                }
            }
        }

        if (filled < _lanes)
        {
            for (int row = 0; row < length; row++)
            {
                new Span<T>(rows + ((nint)row * _lanes) + filled, _lanes - filled).Clear();
            }
        }
    }

    private void Scatter(T* rows, T* to, int count)
    {
        int inner = _view.Inner;
        if (inner == 1)
        {
            Transpose(rows, _lanes, to, _toLength, _toLength, count);
            return;
        }

        for (int o = 0; o < count; o++)
        {
            for (int row = 0; row < _toLength; row++)
            {
                CopyFew(rows + ((nint)row * _lanes) + (o * inner), to + ((((nint)o * _toLength) + row) * inner), inner);
            }
        }
    }

    /// <summary>to[i + depthStride p] = from[p + columnStride i] for i below columns and p below depth.</summary>
    private static void Transpose(T* from, nint columnStride, T* to, int depthStride, int columns, int depth)
    {
        int done = SmallTranspose.Columns(new StridedMatrix<T>(from, 1, columnStride), columns, depth, to, depthStride);
        for (int i = done; i < columns; i++)
        {
            for (int p = 0; p < depth; p++)
            {
                to[i + ((nint)p * depthStride)] = from[p + (i * columnStride)];
            }
        }
    }

    private static void CopyFew(T* from, T* to, int count)
    {
        for (int i = 0; i < count; i++)
        {
            to[i] = from[i];
        }
    }
}

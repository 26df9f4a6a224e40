using System.Numerics;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution;

/// <summary>Runs an elementwise kernel over its iteration space.</summary>
internal sealed class ElementwiseStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From how many elements the work is split among threads.</summary>
    public const int ParallelThreshold = 65_536;

    private const int ElementsPerPart = 32_768;

    private readonly TileKernel<T> _kernel;
    private readonly IterationSpace _space;
    private readonly int _arity;
    private readonly int _cost;
    private readonly int _rowsPerPart;
    private readonly int _columnsPerPart;

    public ElementwiseStep(TileKernel<T> kernel, Storage storage, int cost)
        : base(storage)
    {
        _kernel = kernel;
        _cost = cost;
        _arity = storage.Operands.Length;
        _space = storage.Space!;
        bool split = (long)_space.Rows * _space.Columns >= ParallelThreshold;
        _rowsPerPart = !split ? _space.Rows : Math.Clamp(ElementsPerPart / Math.Max(_space.Columns, 1), 1, _space.Rows);
        _columnsPerPart = !split || _space.Rows > 1 ? _space.Columns : ElementsPerPart;
        Parts = !split ? 1
            : _space.Rows > 1 ? (_space.Rows + _rowsPerPart - 1) / _rowsPerPart
            : (_space.Columns + _columnsPerPart - 1) / _columnsPerPart;
    }

    public override int Parts { get; }

    public override double Operations => (double)_space.Rows * _space.Columns * _cost;

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        Span<T> result = workspace.Write(Result);
        ReadOnlySpan<T> x = workspace.Read(Operand(0));
        ReadOnlySpan<T> y = _arity > 1 ? workspace.Read(Operand(1)) : default;
        ReadOnlySpan<T> z = _arity > 2 ? workspace.Read(Operand(2)) : default;
        if (_space.Rows == 1)
        {
            int at = part * _columnsPerPart;
            int length = Math.Min(_columnsPerPart, _space.Columns - at);
            _kernel(Line(x, 0, 0, at, length), Line(y, 1, 0, at, length), Line(z, 2, 0, at, length), result.Slice(at, length));
            return;
        }

        int end = Math.Min(_space.Rows, (part + 1) * _rowsPerPart);
        int columns = _space.Columns;
        for (int row = part * _rowsPerPart; row < end; row++)
        {
            _kernel(Line(x, 0, row, 0, columns), Line(y, 1, row, 0, columns), Line(z, 2, row, 0, columns), result.Slice(row * columns, columns));
        }
    }

    private ReadOnlySpan<T> Line(ReadOnlySpan<T> operand, int index, int row, int at, int length)
    {
        if (index >= _arity)
        {
            return default;
        }

        (int rowStride, bool constant) = _space.Operands[index];
        return constant ? operand.Slice(row * rowStride, length == 0 ? 0 : 1) : operand.Slice((row * rowStride) + at, length);
    }
}

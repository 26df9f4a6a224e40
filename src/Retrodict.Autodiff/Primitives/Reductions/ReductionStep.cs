using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution;

/// <summary>Reduces a run of elements to one number.</summary>
internal delegate T ReduceRow<T>(ReadOnlySpan<T> row);

/// <summary>Reduces rows, from one to the next a stride, to one row.</summary>
internal delegate void ReduceColumns<T>(ReadOnlySpan<T> block, int rows, int stride, Span<T> result);

/// <summary>Makes of the reductions of two halves that of the whole, element by element.</summary>
internal delegate void CombineHalves<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result);

/// <summary>
/// Reduces one run of neighboring axes: [outer, length, inner] to [outer, inner]. Large ones split into blocks, large blocks by columns or,
/// where these are few, into ranges of rows that a workspace keeps the reductions of until all parts are done. Nothing of this changes a
/// bit: columns do not know of one another, and ranges are branches of the tree by which the kernels halve.
/// </summary>
internal sealed class ReductionStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A reduction reads its elements once: fewer are read before a second thread has come.
    private const int ParallelThreshold = 131_072;

    // A power of two, so that ranges are branches of the tree.
    private const int ElementsPerPart = 65_536;

    // Fewer columns are cut into ranges of rows instead, which are then still longer than the kernels' blocks.
    private const int FewestStrips = 8;

    private readonly AxisView _view;
    private readonly ReduceRow<T> _reduceRow;
    private readonly ReduceColumns<T> _reduceColumns;
    private readonly CombineHalves<T> _combine;
    private readonly int _outerPerPart;
    private readonly int _columnsPerPart;
    private readonly int _columnParts = 1;
    private readonly int _rowsPerRange;
    private readonly int _ranges = 1;

    public ReductionStep(Storage storage, Indices axes, ReduceRow<T> reduceRow, ReduceColumns<T> reduceColumns, CombineHalves<T> combine)
        : base(storage)
    {
        Shape shape = storage.OperandShapes[0];
        _view = axes.Count == 0 ? new AxisView(shape, shape.Rank, 0) : new AxisView(shape, axes[0], axes.Count);
        (_reduceRow, _reduceColumns, _combine) = (reduceRow, reduceColumns, combine);
        (int outer, int length, int inner) = (Math.Max(_view.Outer, 1), _view.Length, _view.Inner);
        (_outerPerPart, _columnsPerPart, _rowsPerRange) = (outer, inner, length);
        if (shape.ElementCount >= ParallelThreshold)
        {
            int strip = Reductions.ColumnStrip<T>();
            _outerPerPart = Math.Clamp(ElementsPerPart / (length * inner), 1, outer);
            if (length * inner > ElementsPerPart && inner >= FewestStrips * strip)
            {
                _columnsPerPart = Math.Max(ElementsPerPart / length / strip, 1) * strip;
                _columnParts = (inner + _columnsPerPart - 1) / _columnsPerPart;
            }
            else if (length * inner > ElementsPerPart)
            {
                _rowsPerRange = 1 << BitOperations.Log2((uint)(ElementsPerPart / inner));
                _ranges = (length + _rowsPerRange - 1) / _rowsPerRange;
            }
        }

        Parts = (outer + _outerPerPart - 1) / _outerPerPart * _columnParts * _ranges;
    }

    public override int Parts { get; }

    public override double Operations => (double)_view.Outer * _view.Length * _view.Inner;

    public override long StateLength => _ranges == 1 ? 0 : (long)_ranges * Result.Length;

    public override object? NewState() => _ranges == 1 ? null : new T[StateLength];

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        int cut = part % (_columnParts * _ranges);
        int first = part / (_columnParts * _ranges) * _outerPerPart;
        int end = Math.Min(_view.Outer, first + _outerPerPart);
        ReadOnlySpan<T> operand = workspace.Read(Operand(0));
        if (_ranges > 1)
        {
            int row = cut * _rowsPerRange;
            int rows = Math.Min(_rowsPerRange, _view.Length - row);
            Reduce(operand, (first * _view.Length) + row, rows, 0, _view.Inner, Sums(workspace, first, cut));
            return;
        }

        int column = cut * _columnsPerPart;
        int columns = Math.Min(_columnsPerPart, _view.Inner - column);
        Span<T> result = workspace.Write(Result);
        for (int outer = first; outer < end; outer++)
        {
            Reduce(operand, outer * _view.Length, _view.Length, column, columns, result.Slice((outer * _view.Inner) + column, columns));
        }
    }

    /// <summary>Combines the ranges' reductions as the kernels would have.</summary>
    public override void Finish(Workspace<T> workspace)
    {
        if (_ranges == 1)
        {
            return;
        }

        for (int outer = 0; outer < _view.Outer; outer++)
        {
            Combine(workspace, outer, 0, _ranges);
            Sums(workspace, outer, 0).CopyTo(workspace.Write(Result).Slice(outer * _view.Inner, _view.Inner));
        }
    }

    private void Reduce(ReadOnlySpan<T> operand, int firstRow, int rows, int column, int columns, Span<T> result)
    {
        ReadOnlySpan<T> block = operand.Slice((firstRow * _view.Inner) + column, rows == 0 ? 0 : ((rows - 1) * _view.Inner) + columns);
        if (_view.Inner == 1)
        {
            result[0] = _reduceRow(block);
        }
        else
        {
            _reduceColumns(block, rows, _view.Inner, result);
        }
    }

    private void Combine(Workspace<T> workspace, int outer, int range, int count)
    {
        if (count == 1)
        {
            return;
        }

        int middle = Reductions.Middle(count);
        Combine(workspace, outer, range, middle);
        Combine(workspace, outer, range + middle, count - middle);
        Span<T> first = Sums(workspace, outer, range);
        _combine(first, Sums(workspace, outer, range + middle), first);
    }

    private Span<T> Sums(Workspace<T> workspace, int outer, int range) =>
        ((T[])workspace.State(this)).AsSpan(((outer * _ranges) + range) * _view.Inner, _view.Inner);
}

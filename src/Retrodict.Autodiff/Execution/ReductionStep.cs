using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>Reduces a run of elements to one number.</summary>
internal delegate T ReduceRow<T>(ReadOnlySpan<T> row);

/// <summary>Reduces the rows of a row-major [rows, columns] block to one row.</summary>
internal delegate void ReduceColumns<T>(ReadOnlySpan<T> block, int rows, Span<T> result);

/// <summary>Reduces one run of neighbouring axes: [outer, length, inner] to [outer, inner].</summary>
internal sealed class ReductionStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int OuterPerPart = 64;

    private readonly AxisView _view;
    private readonly ReduceRow<T> _reduceRow;
    private readonly ReduceColumns<T> _reduceColumns;
    private readonly int _outerPerPart;

    public ReductionStep(Storage storage, Indices axes, ReduceRow<T> reduceRow, ReduceColumns<T> reduceColumns)
        : base(storage)
    {
        Shape shape = storage.OperandShapes[0];
        _view = axes.Count == 0 ? new AxisView(shape, shape.Rank, 0) : new AxisView(shape, axes[0], axes.Count);
        _reduceRow = reduceRow;
        _reduceColumns = reduceColumns;
        bool large = shape.ElementCount >= ElementwiseStep<T>.ParallelThreshold && _view.Outer >= 2 * OuterPerPart;
        _outerPerPart = large ? OuterPerPart : Math.Max(_view.Outer, 1);
        Parts = (Math.Max(_view.Outer, 1) + _outerPerPart - 1) / _outerPerPart;
    }

    public override int Parts { get; }

    public override double Operations => (double)_view.Outer * _view.Length * _view.Inner;

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        ReadOnlySpan<T> operand = workspace.Read(Operand(0));
        Span<T> result = workspace.Write(Result);
        int end = Math.Min(_view.Outer, (part + 1) * _outerPerPart);
        for (int outer = part * _outerPerPart; outer < end; outer++)
        {
            ReadOnlySpan<T> block = operand.Slice(outer * _view.Length * _view.Inner, _view.Length * _view.Inner);
            if (_view.Inner == 1)
            {
                result[outer] = _reduceRow(block);
            }
            else
            {
                _reduceColumns(block, _view.Length, result.Slice(outer * _view.Inner, _view.Inner));
            }
        }
    }
}

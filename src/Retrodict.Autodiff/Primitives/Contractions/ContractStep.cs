using System.Numerics;
using Retrodict.Autodiff.Execution.Fusion;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution;

/// <summary>Runs a contraction as a batch of strided matrix products.</summary>
internal sealed unsafe class ContractStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double OperationsPerPart = 500_000;
    private const int SmallProduct = 64;

    private readonly ContractionLayout _layout;
    private readonly RepackedMatrix<T>? _repacked;
    private readonly ContractionLayout.Strides _left;
    private readonly ContractionLayout.Strides _right;
    private readonly int _batchPerPart;
    private readonly bool _isVector;
    private readonly bool _hasStrongZeros;

    // Whether the products of a batch are small, lie one behind the other and are looked at together.
    private readonly bool _resultsAreDense;

    public ContractStep(Storage storage, ContractionLayout layout, bool hasStrongZeros)
        : base(storage)
    {
        _layout = layout;
        _hasStrongZeros = hasStrongZeros;
        (_left, _right) = (layout.Left!, layout.Right!);
        _repacked = RepackedMatrix<T>.Of(storage, layout);
        if (_repacked is { Operand: 0 })
        {
            _left = _left with { Second = 1, Third = _repacked.Rows };
        }
        else if (_repacked is not null)
        {
            _right = _right with { Second = _repacked.Rows, Third = 1 };
        }

        _resultsAreDense = layout.Batch > 1 && layout.Result!.First == layout.Rows * layout.Columns
            && layout.Rows * layout.Columns <= SmallProduct;
        double operations = 2.0 * layout.Rows * layout.Columns * layout.Summed;
        _batchPerPart = (int)Math.Clamp(OperationsPerPart / Math.Max(operations, 1), 1, Math.Max(layout.Batch, 1));
        Parts = layout.Batch == 1
            ? MatrixProduct.Parts(layout.Rows, layout.Columns, layout.Summed)
            : Math.Max((layout.Batch + _batchPerPart - 1) / _batchPerPart, 1);
        ScratchLength = MatrixProduct.ScratchLength<T>(layout.Rows, layout.Columns, layout.Summed);
        Operations = operations * layout.Batch;
        _isVector = layout is { Batch: 1, Summed: > 0 } && (layout.Rows == 1 || layout.Columns == 1) && layout.Rows * layout.Columns > 0;
        if (_isVector && Parts > 1)
        {
            int rows = layout.Rows * layout.Columns;
            int rowStride = layout.Columns == 1 ? _left.Second : _right.Third;
            _isVector = rowStride == 1 && ColumnStreams.Suit<T>(rows, layout.Summed);
            Parts = _isVector ? Math.Max(1, rows / ColumnStreams.RowsOfPart) : Parts;
        }
    }

    public override int Parts { get; }

    public override int ScratchLength { get; }

    public override double Operations { get; }

    public override bool HasWholeParts => Parts == 1 || _layout.Batch == 1 || _layout.Result!.First == _layout.Rows * _layout.Columns;

    public override ElementRuns RunsOf(int part)
    {
        if (Parts == 1)
        {
            return base.RunsOf(part);
        }

        if (_isVector)
        {
            (int first, int end) = VectorRows(part);
            return new ElementRuns(first, end - first);
        }

        if (_layout.Batch != 1)
        {
            int one = _layout.Rows * _layout.Columns;
            int first = part * _batchPerPart;
            return new ElementRuns(first * one, (Math.Min(_layout.Batch, first + _batchPerPart) - first) * one);
        }

        (Range rows, Range columns) = MatrixProduct.PartRanges(part, _layout.Rows, _layout.Columns, _layout.Summed);
        (int lines, int line) = (_layout.Rows, _layout.Columns);
        if (_layout.Result!.Third != 1 && line > 1)
        {
            // Stored by columns.
            (rows, columns) = (columns, rows);
            (lines, line) = (line, lines);
        }

        (int row, int height) = rows.GetOffsetAndLength(lines);
        (int column, int width) = columns.GetOffsetAndLength(line);
        return width == line ? new ElementRuns(row * line, height * line) : new ElementRuns((row * line) + column, width, line, height);
    }

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        (ContractionLayout.Strides left, ContractionLayout.Strides right, ContractionLayout.Strides result) =
            (_left, _right, _layout.Result!);
        if (_isVector)
        {
            RunVector(workspace, part, scratch);
            return;
        }

        fixed (T* a = Factor(workspace, 0), b = Factor(workspace, 1), c = workspace.Write(Result))
        {
            if (Parts > 1 && _layout.Batch == 1)
            {
                var x = new StridedMatrix<T>(a, left.Second, left.Third);
                var y = new StridedMatrix<T>(b, right.Second, right.Third);
                var z = new StridedMatrix<T>(c, result.Second, result.Third);
                MatrixProduct.MultiplyPart(
                    part, _layout.Rows, _layout.Columns, _layout.Summed, x, y, z, ProductUpdate.Replace, scratch);
                if (_hasStrongZeros)
                {
                    (Range rows, Range columns) = MatrixProduct.PartRanges(part, _layout.Rows, _layout.Columns, _layout.Summed);
                    (int row, int height) = rows.GetOffsetAndLength(_layout.Rows);
                    (int column, int width) = columns.GetOffsetAndLength(_layout.Columns);
                    StrongProduct.Mend(height, width, _layout.Summed, x.From(row, 0), y.From(0, column), z.From(row, column));
                }

                return;
            }

            int first = part * _batchPerPart;
            int end = Math.Min(_layout.Batch, first + _batchPerPart);
            for (int i = first; i < end; i++)
            {
                MatrixProduct.Multiply(
                    _layout.Rows, _layout.Columns, _layout.Summed,
                    new StridedMatrix<T>(a + ((nint)i * left.First), left.Second, left.Third),
                    new StridedMatrix<T>(b + ((nint)i * right.First), right.Second, right.Third),
                    new StridedMatrix<T>(c + ((nint)i * result.First), result.Second, result.Third), ProductUpdate.Replace, scratch);
            }

            if (!_hasStrongZeros || (_resultsAreDense && !Finiteness.HasNaN(Elements(c, first, end))))
            {
                return;
            }

            for (int i = first; i < end; i++)
            {
                StrongProduct.Mend(
                    _layout.Rows, _layout.Columns, _layout.Summed,
                    new StridedMatrix<T>(a + ((nint)i * left.First), left.Second, left.Third),
                    new StridedMatrix<T>(b + ((nint)i * right.First), right.Second, right.Third),
                    new StridedMatrix<T>(c + ((nint)i * result.First), result.Second, result.Third));
            }
        }
    }

    private ReadOnlySpan<T> Elements(T* results, int first, int end)
    {
        int one = _layout.Rows * _layout.Columns;
        return new ReadOnlySpan<T>(results + ((nint)first * one), (end - first) * one);
    }

    private (int First, int End) VectorRows(int part)
    {
        int rows = _layout.Rows * _layout.Columns;
        return ((int)((long)rows * part / Parts), (int)((long)rows * (part + 1) / Parts));
    }

    /// <summary>The one matrix times the vector, without the choices that larger products take on the way.</summary>
    private void RunVector(Workspace<T> workspace, int part, Span<T> scratch)
    {
        (ContractionLayout.Strides left, ContractionLayout.Strides right, ContractionLayout.Strides result) =
            (_left, _right, _layout.Result!);
        (int first, int end) = VectorRows(part);
        fixed (T* a = Factor(workspace, 0), b = Factor(workspace, 1), c = workspace.Write(Result), own = scratch)
        {
            bool isLeft = _layout.Columns == 1;
            StridedMatrix<T> matrix = isLeft
                ? new StridedMatrix<T>(a, left.Second, left.Third)
                : new StridedMatrix<T>(b, right.Third, right.Second);
            T* vector = isLeft ? b : a;
            int vectorStride = isLeft ? right.Second : left.Third;
            int stride = isLeft ? result.Second : result.Third;
            matrix = matrix.From(first, 0);
            T* rows = c + ((nint)first * stride);
            MatrixVector.Multiply(
                end - first, _layout.Summed, matrix, vector, vectorStride, rows, stride, ProductUpdate.Replace, own);
            if (_hasStrongZeros)
            {
                StrongProduct.Mend(
                    end - first, 1, _layout.Summed, matrix, new StridedMatrix<T>(vector, vectorStride, 1),
                    new StridedMatrix<T>(rows, stride, 1));
            }
        }
    }

    private ReadOnlySpan<T> Factor(Workspace<T> workspace, int operand) =>
        _repacked?.Operand == operand ? _repacked.Elements : workspace.Read(Operand(operand));
}

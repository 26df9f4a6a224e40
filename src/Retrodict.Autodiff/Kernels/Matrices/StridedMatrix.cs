namespace Retrodict.Autodiff.Kernels;

/// <summary>A matrix in memory somebody else keeps alive: element (i, j) lies at <c>Data[i·RowStride + j·ColumnStride]</c>.</summary>
/// <remarks>
/// Strides count elements and may be zero (a broadcast operand) or negative; a result's strides must keep its elements apart.
/// </remarks>
/// <param name="data">The element (0, 0).</param>
/// <param name="rowStride">Elements from one row to the next.</param>
/// <param name="columnStride">Elements from one column to the next.</param>
internal readonly unsafe struct StridedMatrix<T>(T* data, nint rowStride, nint columnStride)
    where T : unmanaged
{
    public readonly T* Data = data;
    public readonly nint RowStride = rowStride;
    public readonly nint ColumnStride = columnStride;

    /// <summary>The same memory read as the transpose.</summary>
    public StridedMatrix<T> Transposed => new(Data, ColumnStride, RowStride);

    /// <summary>The address of element (i, j).</summary>
    public T* At(int i, int j) => Data + (i * RowStride) + (j * ColumnStride);

    /// <summary>The matrix that starts at element (i, j).</summary>
    public StridedMatrix<T> From(int i, int j) => new(At(i, j), RowStride, ColumnStride);
}

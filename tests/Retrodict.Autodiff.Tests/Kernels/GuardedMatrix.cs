using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>How a matrix lies in memory.</summary>
public enum Layout
{
    RowMajor,
    ColumnMajor,
    PaddedRows,
    PaddedColumns,
    Spread,
}

/// <summary>A matrix in native memory between guard values, which are also put in the gaps between its elements.</summary>
internal sealed unsafe class GuardedMatrix<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Guard = 96;
    private static readonly T _sentinel = T.CreateChecked(-12345.5);

    private readonly T* _memory;
    private readonly int _length;
    private readonly int _rows;
    private readonly int _columns;

    public GuardedMatrix(int rows, int columns, Layout layout)
    {
        (_rows, _columns) = (rows, columns);
        (nint r, nint c) = layout switch
        {
            Layout.RowMajor => (columns, 1),
            Layout.ColumnMajor => (1, rows),
            Layout.PaddedRows => (columns + 3, 1),
            Layout.PaddedColumns => (1, rows + 5),
            _ => ((nint)2, (2 * rows) + 1),
        };
        _length = (2 * Guard) + (int)((Math.Max(rows, 1) * r) + (Math.Max(columns, 1) * c));
        _memory = (T*)NativeMemory.Alloc((nuint)_length, (nuint)sizeof(T));
        new Span<T>(_memory, _length).Fill(_sentinel);
        View = new StridedMatrix<T>(_memory + Guard, r, c);
    }

    public StridedMatrix<T> View { get; }

    public T this[int i, int j]
    {
        get => *View.At(i, j);
        set => *View.At(i, j) = value;
    }

    public GuardedMatrix<T> Fill(Random random)
    {
        for (var i = 0; i < _rows; i++)
        {
            for (var j = 0; j < _columns; j++)
            {
                this[i, j] = T.CreateChecked((2 * random.NextDouble()) - 1);
            }
        }

        return this;
    }

    public GuardedMatrix<T> Fill(T value)
    {
        for (var i = 0; i < _rows; i++)
        {
            for (var j = 0; j < _columns; j++)
            {
                this[i, j] = value;
            }
        }

        return this;
    }

    public T[] ToArray()
    {
        var result = new T[_rows * _columns];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = this[i / _columns, i % _columns];
        }

        return result;
    }

    /// <summary>Everything but the elements still holds the sentinel.</summary>
    public bool GuardsIntact()
    {
        var elements = new bool[_length];
        for (var i = 0; i < _rows; i++)
        {
            for (var j = 0; j < _columns; j++)
            {
                elements[(int)(View.At(i, j) - _memory)] = true;
            }
        }

        for (var i = 0; i < _length; i++)
        {
            if (!elements[i] && _memory[i] != _sentinel)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => NativeMemory.Free(_memory);
}

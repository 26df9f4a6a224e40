// P A = L U for block-tridiagonal A, pivots chosen from the whole column: below a diagonal block nothing but the next block row is filled,
// so step i factors a panel of two block rows,
//     [S_i   U_i      0      ]         [L11]
//     [L_i   D_{i+1}  U_{i+1}],   P_i' [L21] U11 the first block column,   [V_i1 V_i2] = L11^-1 (the rest of its block row, exchanged),
// and what remains of the second block row is the first of the next panel. U has U11 on its diagonal and two blocks V to the right, as the
// fill of banded LU (LAPACK's dgbtrf). Without exchanges between block rows ("block Thomas") a solve would be unstable unless A is block
// diagonally dominant (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 13.3).

using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Factors block-tridiagonal matrices with partial pivoting and solves with the factors.</summary>
/// <param name="Count">Block rows, at least 1.</param>
/// <param name="Size">Rows of a block.</param>
internal readonly unsafe record struct BlockTridiagonalLu(int Count, int Size)
{
    /// <summary>Elements of one panel, 2 Size x Size, and of one block row of V, Size x 2 Size.</summary>
    public int PanelLength => 2 * Size * Size;

    public int WorkspaceLength<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => (6 * Size * Size) + Math.Max(
            LuFactorization.PanelWorkspaceLength<T>(2 * Size, Size),
            Math.Max(TriangularSolve.WorkspaceLength<T>(Size, 2 * Size), MatrixProduct.ScratchLength<T>(Size, 2 * Size, Size)));

    public int SolveWorkspaceLength<T>(int columns)
        where T : unmanaged, IFloatingPointIeee754<T> => Math.Max(
            TriangularSolve.WorkspaceLength<T>(Size, columns),
            Math.Max(
                Math.Max(MatrixProduct.ScratchLength<T>(Size, columns, 2 * Size), MatrixProduct.ScratchLength<T>(Size, columns, Size)),
                MatrixProduct.ScratchLength<T>(2 * Size, columns, Size)));

    /// <summary>Factors A.</summary>
    /// <param name="diagonal">D_i, Count blocks.</param>
    /// <param name="lower">L_i, in block row i + 1; one block fewer.</param>
    /// <param name="upper">U_i, in block row i; one block fewer.</param>
    /// <param name="panels">The factored panels, Count of 2 Size x Size.</param>
    /// <param name="v">V_i, Count of Size x 2 Size.</param>
    /// <param name="pivots">The exchanges, Count of Size: step k of panel i exchanged its row k with its row pivots[i, k].</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}"/> elements.</param>
    public void Factor<T>(
        ReadOnlySpan<T> diagonal, ReadOnlySpan<T> lower, ReadOnlySpan<T> upper, Span<T> panels, Span<T> v, Span<int> pivots,
        Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        panels.Clear();
        Span<T> working = workspace[..(6 * Size * Size)];
        Span<T> rest = workspace[(6 * Size * Size)..];
        LoadRow(working, 0, default, diagonal, upper);
        fixed (T* pw = working, pp = panels, pv = v)
        {
            var W = new StridedMatrix<T>(pw, 3 * Size, 1);
            var (beside, below, corner) = (W.From(0, Size), W.From(Size, 0), W.From(Size, Size));
            for (var i = 0; i < Count; i++)
            {
                var last = i == Count - 1;
                if (!last)
                {
                    LoadRow(working, i + 1, lower, diagonal, upper);
                }

                Span<int> exchanges = pivots.Slice(i * Size, Size);
                LuFactorization.FactorPanel(last ? Size : 2 * Size, Size, W, exchanges, rest);
                LuFactorization.Exchange(beside, 2 * Size, exchanges);
                TriangularSolve.InPlace(Size, W, lower: true, beside, 2 * Size, unitDiagonal: true, rest);
                Copy(last ? Size : 2 * Size, Size, W, new StridedMatrix<T>(pp + (i * PanelLength), Size, 1));
                Copy(Size, 2 * Size, beside, new StridedMatrix<T>(pv + (i * PanelLength), 2 * Size, 1));
                if (!last)
                {
                    MatrixProduct.Multiply(Size, 2 * Size, Size, below, beside, corner, ProductUpdate.Subtract, rest);
                    Copy(Size, 2 * Size, corner, W);
                    for (var row = 0; row < Size; row++)
                    {
                        new Span<T>(W.At(row, 2 * Size), Size).Clear();
                    }
                }
            }
        }
    }

    /// <summary>Whether no pivot is zero, infinite or NaN.</summary>
    public bool IsRegular<T>(ReadOnlySpan<T> panels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < Count; i++)
        {
            for (var k = 0; k < Size; k++)
            {
                var u = panels[(i * PanelLength) + (k * (Size + 1))];
                if (u == T.Zero || !T.IsFinite(u))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Solves A X = B, or A' X = B, from the factors; B, (Count Size) x columns row-major, becomes X.</summary>
    public void Solve<T>(
        ReadOnlySpan<T> panels, ReadOnlySpan<T> v, ReadOnlySpan<int> pivots, Span<T> b, int columns, bool transposed, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* pp = panels, pv = v, pb = b)
        {
            // Two sweeps: forward through L and back through U, or forward through U' and back through L'.
            for (var i = 0; i < Count; i++)
            {
                Lower(i, pp, pivots, pb, columns, transposed, forward: true, workspace);
                Upper(i, pp, pv, pb, columns, transposed, forward: true, workspace);
            }

            for (var i = Count - 1; i >= 0; i--)
            {
                Upper(i, pp, pv, pb, columns, transposed, forward: false, workspace);
                Lower(i, pp, pivots, pb, columns, transposed, forward: false, workspace);
            }
        }
    }

    private void Lower<T>(int i, T* panels, ReadOnlySpan<int> pivots, T* b, int columns, bool transposed, bool forward, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (transposed == forward)
        {
            return;
        }

        var P = new StridedMatrix<T>(panels + (i * PanelLength), Size, 1);
        var B = new StridedMatrix<T>(b + (i * Size * columns), columns, 1);
        var below = i < Count - 1 ? Size : 0;
        ReadOnlySpan<int> exchanges = pivots.Slice(i * Size, Size);
        if (transposed)
        {
            MatrixProduct.Multiply(Size, columns, below, P.From(Size, 0).Transposed, B.From(Size, 0), B, ProductUpdate.Subtract, workspace);
            TriangularSolve.InPlace(Size, P.Transposed, lower: false, B, columns, unitDiagonal: true, workspace);
            LuFactorization.ExchangeBack(B, columns, exchanges);
        }
        else
        {
            LuFactorization.Exchange(B, columns, exchanges);
            TriangularSolve.InPlace(Size, P, lower: true, B, columns, unitDiagonal: true, workspace);
            MatrixProduct.Multiply(below, columns, Size, P.From(Size, 0), B, B.From(Size, 0), ProductUpdate.Subtract, workspace);
        }
    }

    private void Upper<T>(int i, T* panels, T* v, T* b, int columns, bool transposed, bool forward, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (transposed != forward)
        {
            return;
        }

        var P = new StridedMatrix<T>(panels + (i * PanelLength), Size, 1);
        var V = new StridedMatrix<T>(v + (i * PanelLength), 2 * Size, 1);
        var B = new StridedMatrix<T>(b + (i * Size * columns), columns, 1);
        var reach = Math.Min(2, Count - 1 - i) * Size;
        if (transposed)
        {
            TriangularSolve.InPlace(Size, P.Transposed, lower: true, B, columns, unitDiagonal: false, workspace);
            MatrixProduct.Multiply(reach, columns, Size, V.Transposed, B, B.From(Size, 0), ProductUpdate.Subtract, workspace);
        }
        else
        {
            MatrixProduct.Multiply(Size, columns, reach, V, B.From(Size, 0), B, ProductUpdate.Subtract, workspace);
            TriangularSolve.InPlace(Size, P, lower: false, B, columns, unitDiagonal: false, workspace);
        }
    }

    /// <summary>Block row i of A: as the first of the working rows where i = 0, else as the second.</summary>
    private void LoadRow<T>(Span<T> working, int i, ReadOnlySpan<T> lower, ReadOnlySpan<T> diagonal, ReadOnlySpan<T> upper)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Size * Size;
        var width = 3 * Size;
        for (var row = 0; row < Size; row++)
        {
            Span<T> target = working.Slice(((i == 0 ? 0 : Size) + row) * width, width);
            target.Clear();
            if (i > 0)
            {
                lower.Slice(((i - 1) * block) + (row * Size), Size).CopyTo(target);
                target = target[Size..];
            }

            diagonal.Slice((i * block) + (row * Size), Size).CopyTo(target);
            if (i < Count - 1)
            {
                upper.Slice((i * block) + (row * Size), Size).CopyTo(target[Size..]);
            }
        }
    }

    private static void Copy<T>(int rows, int columns, StridedMatrix<T> from, StridedMatrix<T> to)
        where T : unmanaged
    {
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<T>(from.At(row, 0), columns).CopyTo(new Span<T>(to.At(row, 0), columns));
        }
    }
}

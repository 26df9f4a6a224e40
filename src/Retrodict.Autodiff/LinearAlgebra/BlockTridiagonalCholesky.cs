// A = L L' for symmetric positive definite block-tridiagonal A with diagonal blocks D_i and blocks C_i below them, C_i in block row i + 1
// (Golub and Van Loan, "Matrix Computations", 4th ed., section 4.5.1):
//     S_0 = D_0,   S_i = L_i L_i',   W_i = L_i^-1 C_i',   S_{i+1} = D_{i+1} - W_i' W_i,
// so L has L_i on its diagonal and W_i' below. About 7/3 b³ operations a block.

using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Factors symmetric positive definite block-tridiagonal matrices and solves with the factor.</summary>
/// <param name="Count">Block rows, at least 1.</param>
/// <param name="Size">Rows of a block.</param>
internal readonly unsafe record struct BlockTridiagonalCholesky(int Count, int Size)
{
    public int WorkspaceLength<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Math.Max(
            CholeskyFactorization.WorkspaceLength<T>(Size),
            Math.Max(TriangularSolve.WorkspaceLength<T>(Size, Size), MatrixProduct.ScratchLength<T>(Size, Size, Size)));

    public int SolveWorkspaceLength<T>(int columns)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Math.Max(TriangularSolve.WorkspaceLength<T>(Size, columns), MatrixProduct.ScratchLength<T>(Size, columns, Size));

    /// <summary>Factors A.</summary>
    /// <param name="diagonal">D_i, Count blocks.</param>
    /// <param name="lower">C_i, one block fewer.</param>
    /// <param name="l">L_i, Count blocks.</param>
    /// <param name="w">W_i, one block fewer.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}"/> elements.</param>
    /// <returns>Whether A is numerically positive definite; otherwise the factor is undefined.</returns>
    public bool TryFactor<T>(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> lower, Span<T> l, Span<T> w, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Size * Size;
        diagonal.CopyTo(l);
        fixed (T* pl = l, pw = w, pc = lower)
        {
            for (var i = 0; i < Count; i++)
            {
                var L = new StridedMatrix<T>(pl + (i * block), Size, 1);
                if (i > 0)
                {
                    var W = new StridedMatrix<T>(pw + ((i - 1) * block), Size, 1);
                    MatrixProduct.Multiply(Size, Size, Size, W.Transposed, W, L, ProductUpdate.Subtract, workspace);
                }

                if (!CholeskyFactorization.TryFactor(l.Slice(i * block, block), Size, workspace))
                {
                    return false;
                }

                if (i < Count - 1)
                {
                    var C = new StridedMatrix<T>(pc + (i * block), Size, 1);
                    var W = new StridedMatrix<T>(pw + (i * block), Size, 1);
                    for (var row = 0; row < Size; row++)
                    {
                        for (var column = 0; column < Size; column++)
                        {
                            *W.At(row, column) = *C.At(column, row);
                        }
                    }

                    TriangularSolve.InPlace(Size, L, lower: true, W, Size, unitDiagonal: false, workspace);
                }
            }
        }

        return true;
    }

    /// <summary>Solves A X = B from the factor; B, (Count Size) x columns row-major, becomes X.</summary>
    public void Solve<T>(ReadOnlySpan<T> l, ReadOnlySpan<T> w, Span<T> b, int columns, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Size * Size;
        fixed (T* pl = l, pw = w, pb = b)
        {
            for (var i = 0; i < Count; i++)
            {
                var L = new StridedMatrix<T>(pl + (i * block), Size, 1);
                var B = new StridedMatrix<T>(pb + (i * Size * columns), columns, 1);
                TriangularSolve.InPlace(Size, L, lower: true, B, columns, unitDiagonal: false, workspace);
                if (i < Count - 1)
                {
                    var W = new StridedMatrix<T>(pw + (i * block), Size, 1);
                    MatrixProduct.Multiply(Size, columns, Size, W.Transposed, B, B.From(Size, 0), ProductUpdate.Subtract, workspace);
                }
            }

            for (var i = Count - 1; i >= 0; i--)
            {
                var L = new StridedMatrix<T>(pl + (i * block), Size, 1);
                var B = new StridedMatrix<T>(pb + (i * Size * columns), columns, 1);
                if (i < Count - 1)
                {
                    var W = new StridedMatrix<T>(pw + (i * block), Size, 1);
                    MatrixProduct.Multiply(Size, columns, Size, W, B.From(Size, 0), B, ProductUpdate.Subtract, workspace);
                }

                TriangularSolve.InPlace(Size, L.Transposed, lower: false, B, columns, unitDiagonal: false, workspace);
            }
        }
    }
}

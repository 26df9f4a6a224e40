using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Products that solvers need of dense row-major matrices, without allocation.</summary>
public static unsafe class MatrixProducts
{
    /// <summary>Elements of workspace that <see cref="Gram{T}"/> needs.</summary>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    public static int GramWorkspaceLength<T>(int m, int n)
        where T : unmanaged, IFloatingPointIeee754<T> => SymmetricProduct.ScratchLength<T>(m, n);

    /// <summary>G = A' A, symmetric to the bit.</summary>
    /// <param name="a">A, m x n row-major.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="g">G, n x n row-major; replaced.</param>
    /// <param name="workspace">At least <see cref="GramWorkspaceLength{T}"/> elements.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Gram<T>(ReadOnlySpan<T> a, int m, int n, Span<T> g, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(m);
        Check.Dimension(n);
        Check.Matrix(a.Length, m, n, nameof(a));
        Check.Matrix(g.Length, n, n, nameof(g));
        Check.AtLeast(workspace.Length, GramWorkspaceLength<T>(m, n), nameof(workspace));
        SymmetricProduct.Gram(m, n, a, g, accumulate: false, workspace);
    }

    /// <summary>Elements of workspace that <see cref="TransposedTimesVector{T}"/> and <see cref="TimesVector{T}"/> need.</summary>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    public static int VectorWorkspaceLength<T>(int m, int n)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Math.Max(MatrixProduct.ScratchLength<T>(n, 1, m), MatrixProduct.ScratchLength<T>(m, 1, n));

    /// <summary>b = A' v.</summary>
    /// <param name="a">A, m x n row-major.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="v">v, of length m.</param>
    /// <param name="b">b, of length n; replaced.</param>
    /// <param name="workspace">At least <see cref="VectorWorkspaceLength{T}"/> elements.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void TransposedTimesVector<T>(ReadOnlySpan<T> a, int m, int n, ReadOnlySpan<T> v, Span<T> b, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(m);
        Check.Dimension(n);
        Check.Matrix(a.Length, m, n, nameof(a));
        Check.Matrix(v.Length, m, 1, nameof(v));
        Check.Matrix(b.Length, n, 1, nameof(b));
        fixed (T* pa = a, pv = v, pb = b)
        {
            MatrixProduct.Multiply(
                n, 1, m, new StridedMatrix<T>(pa, 1, n), new StridedMatrix<T>(pv, 1, 1), new StridedMatrix<T>(pb, 1, 1), accumulate: false,
                workspace);
        }
    }

    /// <summary>b = A v.</summary>
    /// <param name="a">A, m x n row-major.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Columns of A.</param>
    /// <param name="v">v, of length n.</param>
    /// <param name="b">b, of length m; replaced.</param>
    /// <param name="workspace">At least <see cref="VectorWorkspaceLength{T}"/> elements.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void TimesVector<T>(ReadOnlySpan<T> a, int m, int n, ReadOnlySpan<T> v, Span<T> b, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check.Dimension(m);
        Check.Dimension(n);
        Check.Matrix(a.Length, m, n, nameof(a));
        Check.Matrix(v.Length, n, 1, nameof(v));
        Check.Matrix(b.Length, m, 1, nameof(b));
        Check.AtLeast(workspace.Length, VectorWorkspaceLength<T>(m, n), nameof(workspace));
        fixed (T* pa = a, pv = v, pb = b)
        {
            MatrixProduct.Multiply(
                m, 1, n, new StridedMatrix<T>(pa, n, 1), new StridedMatrix<T>(pv, 1, 1), new StridedMatrix<T>(pb, 1, 1), accumulate: false,
                workspace);
        }
    }
}

using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>Eigenvalues and singular values.</content>
public sealed partial class Value
{
    /// <summary>Eigenvalues and eigenvectors of a symmetric matrix, A = V diag(s) V^T.</summary>
    /// <remarks>
    /// Where two eigenvalues coincide to rounding their vectors are some orthonormal basis and have no derivative: tangents of V there are
    /// NaN, and so is what is derived from V. Derivatives of the values do not see it: gradients of functions of the values alone stay
    /// finite (and are right for functions that do not depend on the order of the values); their second derivatives need the vectors' and
    /// are NaN.
    /// </remarks>
    /// <param name="matrix">A, [..., n, n]; its symmetric part is used.</param>
    /// <returns>The eigenvalues, ascending, [..., n]; and V, [..., n, n], whose column j is the vector of value j, of length 1, with a sign
    /// that makes the first component within one hundredth of the largest in size positive. NaN where A holds an infinity or NaN.</returns>
    public static (Value Values, Value Vectors) SymmetricEigen(Value matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Value[] results = EmitAll(Eigenpairs.Instance, Symmetrize("symmetric eigenvalues", matrix));
        return (results[0], results[1]);
    }

    /// <summary>Thin singular value decomposition, A = U diag(s) V^T with k = min(m, n) singular values.</summary>
    /// <remarks>
    /// Where two singular values coincide to rounding, or one is zero, the vectors' derivatives are NaN (for a square matrix one zero value
    /// alone does no harm). Derivatives of the values do not see it, as for <see cref="SymmetricEigen"/>; at zero a value's derivative is
    /// that of one branch of its kink.
    /// </remarks>
    /// <param name="matrix">A, [..., m, n].</param>
    /// <returns>U, [..., m, k], the singular values, descending, [..., k], and V, [..., n, k] (not transposed). The first component of a
    /// column of U within one hundredth of the largest in size is positive. NaN where A holds an infinity or NaN.</returns>
    public static (Value U, Value S, Value V) Svd(Value matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Value[] results = EmitAll(Primitives.Svd.Instance, matrix);
        return (results[0], results[1], results[2]);
    }
}

// The norms that choose the pivots. After step k the norm of what remains of column j follows from removing one element,
//     |a_j(k+1:)|² = |a_j(k:)|² - r_kj²,
// which loses all digits when almost everything is removed; then the norm is computed afresh. The test is that of LAPACK's
// dlaqp2 (Z. Drmac and Z. Bujanovic, "On the failure of rank-revealing QR factorization software", ACM TOMS 35(2), 2008).

using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>The norms of the trailing columns of a factorization under way.</summary>
/// <param name="norms">The current norms, one per column.</param>
/// <param name="computed">The norms when last computed from the elements.</param>
internal readonly unsafe ref struct ColumnNorms(Span<double> norms, Span<double> computed)
{
    private static readonly double _cancellation = Math.Sqrt(double.BitIncrement(1) - 1);

    private readonly Span<double> _norms = norms;
    private readonly Span<double> _computed = computed;

    /// <summary>Computes all norms.</summary>
    public void Start(StridedMatrix<double> a, int m)
    {
        for (var j = 0; j < _norms.Length; j++)
        {
            _norms[j] = _computed[j] = Norm(a, 0, m, j);
        }
    }

    /// <summary>The column of largest norm from k on; the first of equals, and any NaN column at once.</summary>
    public int Largest(int k)
    {
        var best = k;
        for (var j = k; j < _norms.Length; j++)
        {
            if (double.IsNaN(_norms[j]))
            {
                return j;
            }

            if (_norms[j] > _norms[best])
            {
                best = j;
            }
        }

        return best;
    }

    /// <summary>Column j has taken the place of column k: k's norms move to j, k's are no longer needed.</summary>
    public void Move(int k, int j) => (_norms[j], _computed[j]) = (_norms[k], _computed[k]);

    /// <summary>Removes row k from the norms of the columns after k.</summary>
    public void Downdate(StridedMatrix<double> a, int m, int k)
    {
        for (var j = k + 1; j < _norms.Length; j++)
        {
            if (_norms[j] == 0)
            {
                continue;
            }

            var ratio = Math.Abs(*a.At(k, j)) / _norms[j];
            var left = Math.Max(0, (1 - ratio) * (1 + ratio));
            var since = _norms[j] / _computed[j];
            if (left * since * since <= _cancellation)
            {
                _norms[j] = _computed[j] = Norm(a, k + 1, m, j);
            }
            else
            {
                _norms[j] *= Math.Sqrt(left);
            }
        }
    }

    private static double Norm(StridedMatrix<double> a, int first, int m, int j)
    {
        var scale = 0.0;
        for (var i = first; i < m; i++)
        {
            scale = Math.Max(scale, Math.Abs(*a.At(i, j)));
        }

        if (scale == 0 || double.IsInfinity(scale))
        {
            return scale;
        }

        var sum = 0.0;
        for (var i = first; i < m; i++)
        {
            var x = *a.At(i, j) / scale;
            sum += x * x;
        }

        return scale * Math.Sqrt(sum);
    }
}

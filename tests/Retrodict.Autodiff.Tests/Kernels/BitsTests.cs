using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Autodiff.Tests.LinearAlgebra;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>
/// The kernels promise the same bits on every machine; these digests were taken with 512-, 256- and 128-bit registers and with none.
/// </summary>
public class BitsTests
{
    [Fact]
    public void Float_results_have_the_same_bits_everywhere() => Assert.Equal("BE9D9C44766B326B", Digest<float>());

    [Fact]
    public void Double_results_have_the_same_bits_everywhere() => Assert.Equal("48CCC9B02E68A0D1", Digest<double>());

    private static unsafe string Digest<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (m, n, k) in new[] { (3, 4, 5), (50, 70, 300), (13, 100, 31), (40, 1, 77), (1, 70, 33), (9, 33, 1) })
        {
            using var a = new GuardedMatrix<T>(m, k, Layout.RowMajor).Fill(new Random(m));
            using var b = new GuardedMatrix<T>(k, n, Layout.ColumnMajor).Fill(new Random(n));
            using var c = new GuardedMatrix<T>(m, n, Layout.RowMajor);
            MatrixProduct.Multiply(m, n, k, a.View, b.View, c.View, false, new T[MatrixProduct.ScratchLength<T>(m, n, k)]);
            digest.AppendData(MemoryMarshal.AsBytes(c.ToArray().AsSpan()));
            MatrixProduct.Multiply(
                n, m, k, b.View.Transposed, a.View.Transposed, c.View.Transposed, true, new T[MatrixProduct.ScratchLength<T>(n, m, k)]);
            digest.AppendData(MemoryMarshal.AsBytes(c.ToArray().AsSpan()));
        }

        var matrix = Matrices.PositiveDefinite<T>(70, 1);
        Assert.True(CholeskyFactorization.TryFactor<T>(matrix, 70));
        digest.AppendData(MemoryMarshal.AsBytes(matrix.AsSpan()));
        return Convert.ToHexString(digest.GetHashAndReset())[..16];
    }
}

using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>Mirrored triangles, element by element, around the sizes of blocks, and nothing else touched.</summary>
public unsafe class TriangleMirrorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(53)]
    public void Every_element_beside_the_diagonal(int n)
    {
        Check<float>(n);
        Check<double>(n);
    }

    private static void Check<T>(int n)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        // Columns after the last belong to somebody else.
        int stride = n + 3;
        T[] original = [.. Enumerable.Range(1, n * stride).Select(T.CreateTruncating)];
        foreach (int middle in new[] { 0, n / 3, n })
        {
            T[] upper = [.. original];
            T[] apart = new T[n * stride];
            T[] lower = [.. original];
            T[] cleared = [.. original];
            fixed (T* o = original, u = upper, p = apart, l = lower, c = cleared)
            {
                foreach (Range rows in new[] { middle..n, 0..middle })
                {
                    TriangleMirror.LowerToUpper(rows, new StridedMatrix<T>(u, stride, 1), new StridedMatrix<T>(u, stride, 1));
                    TriangleMirror.LowerToUpper(rows, new StridedMatrix<T>(o, stride, 1), new StridedMatrix<T>(p, stride, 1));
                    TriangleMirror.UpperToLower(rows, new StridedMatrix<T>(l, stride, 1), clear: false);
                    TriangleMirror.UpperToLower(rows, new StridedMatrix<T>(c, stride, 1), clear: true);
                }
            }

            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < stride; j++)
                {
                    int here = (i * stride) + j;
                    bool isUpper = j > i && j < n;
                    T mirrored = j < n ? original[(j * stride) + i] : original[here];
                    Assert.Equal(isUpper ? mirrored : original[here], upper[here]);
                    Assert.Equal(isUpper ? mirrored : j == i ? original[here] : T.Zero, apart[here]);
                    Assert.Equal(j < i ? mirrored : original[here], lower[here]);
                    Assert.Equal(isUpper ? T.Zero : lower[here], cleared[here]);
                }
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>
/// Linear combinations of long contiguous columns, eight at a time: as many streams as the machine fetches ahead, and an eighth of the
/// traffic to the result, a block of which stays in the first cache. Each element is one chain of fused multiply-adds in the order of the
/// columns.
/// </summary>
internal static unsafe class ColumnStreams
{
    private const int Together = 8;
    private const int BlockBytes = 16_384;

    // Smaller matrices stay in the second cache, and shorter columns make no streams.
    private const long FewestBytes = 1 << 19;
    private const int FewestRows = 256;

    /// <summary>Rows of a part when the work is shared among threads.</summary>
    public const int RowsOfPart = 512;

    /// <summary>Whether a matrix is large enough.</summary>
    public static bool Suit<T>(int rows, int depth)
        where T : unmanaged => rows >= FewestRows && (long)rows * depth * sizeof(T) >= FewestBytes;

    /// <summary>y = A x.</summary>
    /// <param name="rows">Rows of A.</param>
    /// <param name="depth">Columns of A, at least 1.</param>
    /// <param name="a">The first column; elements follow each other.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="x">The factors, <paramref name="xStride"/> elements apart.</param>
    /// <param name="xStride">Stride of x.</param>
    /// <param name="y">The result, contiguous.</param>
    public static void Combine<T>(int rows, int depth, T* a, nint stride, T* x, nint xStride, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int block = BlockBytes / sizeof(T);
        for (var first = 0; first < rows; first += block)
        {
            var height = Math.Min(block, rows - first);
            new Span<T>(y + first, height).Clear();
            var p = 0;
            for (; p + Together <= depth; p += Together)
            {
                Eight(height, a + first + (p * stride), stride, x + (p * xStride), xStride, y + first);
            }

            for (; p < depth; p++)
            {
                One(height, a + first + (p * stride), x[p * xStride], y + first);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Eight<T>(int rows, T* a, nint stride, T* x, nint xStride, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (x0, x1) = (Vector512.Create(x[0]), Vector512.Create(x[xStride]));
        var (x2, x3) = (Vector512.Create(x[2 * xStride]), Vector512.Create(x[3 * xStride]));
        var (x4, x5) = (Vector512.Create(x[4 * xStride]), Vector512.Create(x[5 * xStride]));
        var (x6, x7) = (Vector512.Create(x[6 * xStride]), Vector512.Create(x[7 * xStride]));
        var a1 = a + stride;
        var a2 = a1 + stride;
        var a3 = a2 + stride;
        var a4 = a3 + stride;
        var a5 = a4 + stride;
        var a6 = a5 + stride;
        var a7 = a6 + stride;
        nint i = 0;
        for (; i + Vector512<T>.Count <= rows; i += Vector512<T>.Count)
        {
            var sum = Vector512.Load(y + i);
            sum = WideVector.FusedMultiplyAdd(x0, Vector512.Load(a + i), sum);
            sum = WideVector.FusedMultiplyAdd(x1, Vector512.Load(a1 + i), sum);
            sum = WideVector.FusedMultiplyAdd(x2, Vector512.Load(a2 + i), sum);
            sum = WideVector.FusedMultiplyAdd(x3, Vector512.Load(a3 + i), sum);
            sum = WideVector.FusedMultiplyAdd(x4, Vector512.Load(a4 + i), sum);
            sum = WideVector.FusedMultiplyAdd(x5, Vector512.Load(a5 + i), sum);
            sum = WideVector.FusedMultiplyAdd(x6, Vector512.Load(a6 + i), sum);
            sum = WideVector.FusedMultiplyAdd(x7, Vector512.Load(a7 + i), sum);
            sum.Store(y + i);
        }

        for (; i < rows; i++)
        {
            var sum = y[i];
            var element = a + i;
            for (var p = 0; p < Together; p++)
            {
                sum = T.FusedMultiplyAdd(x[p * xStride], *element, sum);
                element += stride;
            }

            y[i] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void One<T>(int rows, T* a, T x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var factor = Vector512.Create(x);
        nint i = 0;
        for (; i + Vector512<T>.Count <= rows; i += Vector512<T>.Count)
        {
            WideVector.FusedMultiplyAdd(factor, Vector512.Load(a + i), Vector512.Load(y + i)).Store(y + i);
        }

        for (; i < rows; i++)
        {
            y[i] = T.FusedMultiplyAdd(x, a[i], y[i]);
        }
    }
}

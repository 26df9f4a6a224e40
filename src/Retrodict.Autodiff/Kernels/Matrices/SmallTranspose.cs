// Packing a matrix across its contiguous direction is a transpose. Four by four floats (two by two doubles) at a time in
// 128-bit registers it costs about a third of the element-by-element loop. The framework has no portable "interleave", hence
// the two instruction sets; elsewhere the caller's loop does the work.

using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Transposes into a panel in small blocks.</summary>
internal static unsafe class SmallTranspose
{
    /// <summary>panel[j + p·width] = b[p, j] for as many columns as come in whole blocks; b's row stride is 1.</summary>
    /// <returns>The number of columns done.</returns>
    public static int Columns<T>(StridedMatrix<T> b, int columns, int depth, T* panel, int width)
        where T : unmanaged
    {
        if (!Sse2.IsSupported && !AdvSimd.Arm64.IsSupported)
        {
            return 0;
        }

        if (typeof(T) == typeof(float))
        {
            var j = 0;
            for (; j + 4 <= columns; j += 4)
            {
                FourColumns((float*)b.At(0, j), b.ColumnStride, depth, (float*)panel + j, width);
            }

            return j;
        }

        if (typeof(T) == typeof(double))
        {
            var j = 0;
            for (; j + 2 <= columns; j += 2)
            {
                TwoColumns((double*)b.At(0, j), b.ColumnStride, depth, (double*)panel + j, width);
            }

            return j;
        }

        return 0;
    }

    private static void FourColumns(float* from, nint stride, int depth, float* to, nint width)
    {
        var p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            var r0 = Vector128.Load(from);
            var r1 = Vector128.Load(from + stride);
            var r2 = Vector128.Load(from + (2 * stride));
            var r3 = Vector128.Load(from + (3 * stride));
            var low01 = InterleaveLow(r0, r1).AsDouble();
            var high01 = InterleaveHigh(r0, r1).AsDouble();
            var low23 = InterleaveLow(r2, r3).AsDouble();
            var high23 = InterleaveHigh(r2, r3).AsDouble();
            InterleaveLow(low01, low23).AsSingle().Store(to);
            InterleaveHigh(low01, low23).AsSingle().Store(to + width);
            InterleaveLow(high01, high23).AsSingle().Store(to + (2 * width));
            InterleaveHigh(high01, high23).AsSingle().Store(to + (3 * width));
            from += 4;
            to += 4 * width;
        }

        for (; p < depth; p++)
        {
            to[0] = from[0];
            to[1] = from[stride];
            to[2] = from[2 * stride];
            to[3] = from[3 * stride];
            from++;
            to += width;
        }
    }

    private static void TwoColumns(double* from, nint stride, int depth, double* to, nint width)
    {
        var p = 0;
        for (; p + 2 <= depth; p += 2)
        {
            var r0 = Vector128.Load(from);
            var r1 = Vector128.Load(from + stride);
            InterleaveLow(r0, r1).Store(to);
            InterleaveHigh(r0, r1).Store(to + width);
            from += 2;
            to += 2 * width;
        }

        if (p < depth)
        {
            to[0] = from[0];
            to[1] = from[stride];
        }
    }

    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    private static Vector128<double> InterleaveLow(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    private static Vector128<double> InterleaveHigh(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}

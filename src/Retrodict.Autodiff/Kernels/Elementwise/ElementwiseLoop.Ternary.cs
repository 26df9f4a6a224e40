using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <content>
/// Operators of three operands: one loop for all, in which a scalar is a vector in memory that is read again and again.
/// </content>
internal static partial class ElementwiseLoop
{
    /// <summary>destination[i] = op(x[i], y[i], z[i]); an operand with one element is a scalar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Ternary<T, TOperator>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, ITernaryOperator
    {
        var length = destination.Length;
        RequireLength(x.Length, length);
        RequireLength(y.Length, length);
        RequireLength(z.Length, length);
        if (length == 0)
        {
            return;
        }

        var (strideX, strideY, strideZ) = (Stride(x.Length, length), Stride(y.Length, length), Stride(z.Length, length));
        var (scalarX, scalarY, scalarZ) = (Vector512.Create(x[0]), Vector512.Create(y[0]), Vector512.Create(z[0]));
        ref var xs = ref strideX == 0 ? ref Unsafe.As<Vector512<T>, T>(ref scalarX) : ref MemoryMarshal.GetReference(x);
        ref var ys = ref strideY == 0 ? ref Unsafe.As<Vector512<T>, T>(ref scalarY) : ref MemoryMarshal.GetReference(y);
        ref var zs = ref strideZ == 0 ? ref Unsafe.As<Vector512<T>, T>(ref scalarZ) : ref MemoryMarshal.GetReference(z);
        ref var target = ref MemoryMarshal.GetReference(destination);

        var whole = length & -Vector512<T>.Count;
        if (whole > 0)
        {
            TernaryVectors<T, TOperator>(
                in xs, (nuint)strideX, in ys, (nuint)strideY, in zs, (nuint)strideZ, ref target, (nuint)whole);
        }

        if (whole < length)
        {
            TernaryRest<T, TOperator>(
                in Unsafe.Add(ref xs, whole * strideX),
                strideX,
                in Unsafe.Add(ref ys, whole * strideY),
                strideY,
                in Unsafe.Add(ref zs, whole * strideZ),
                strideZ,
                ref Unsafe.Add(ref target, whole),
                length - whole);
        }
    }

    [MethodImpl(Kernel)]
    private static void TernaryVectors<T, TOperator>(
        ref readonly T x, nuint strideX, ref readonly T y, nuint strideY, ref readonly T z, nuint strideZ, ref T target, nuint length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, ITernaryOperator
    {
        for (nuint i = 0; i < length; i += (nuint)Vector512<T>.Count)
        {
            TOperator.Invoke(
                Vector512.LoadUnsafe(in x, i * strideX),
                Vector512.LoadUnsafe(in y, i * strideY),
                Vector512.LoadUnsafe(in z, i * strideZ)).StoreUnsafe(ref target, i);
        }
    }

    [MethodImpl(Kernel)]
    private static void TernaryRest<T, TOperator>(
        ref readonly T x, int strideX, ref readonly T y, int strideY, ref readonly T z, int strideZ, ref T target, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, ITernaryOperator
        => PartialVector.Store(
            TOperator.Invoke(LoadRest(in x, strideX, count), LoadRest(in y, strideY, count), LoadRest(in z, strideZ, count)),
            ref target,
            count);
}

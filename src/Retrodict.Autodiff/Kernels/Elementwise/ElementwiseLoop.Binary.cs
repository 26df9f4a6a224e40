using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <content>Operators of two operands: a loop for two spans and one for each side that may be a scalar.</content>
internal static partial class ElementwiseLoop
{
    /// <summary>destination[i] = op(x[i], y[i]); an operand with one element is a scalar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Binary<T, TOperator>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        var length = destination.Length;
        RequireLength(x.Length, length);
        RequireLength(y.Length, length);
        ref readonly var xs = ref MemoryMarshal.GetReference(x);
        ref readonly var ys = ref MemoryMarshal.GetReference(y);
        ref var target = ref MemoryMarshal.GetReference(destination);
        var (strideX, strideY) = (Stride(x.Length, length), Stride(y.Length, length));
        if (strideX + strideY == 0)
        {
            T value = default;
            BinaryRest<T, TOperator>(in xs, 0, in ys, 0, ref value, 1);
            destination.Fill(value);
            return;
        }

        // A scalar may be an element of a destination that is worked on in place: hold it before anything is stored.
        var (scalarX, scalarY) = (strideX == 0 ? xs : default, strideY == 0 ? ys : default);
        var whole = length & -Vector512<T>.Count;
        if (whole > 0)
        {
            BinaryWhole<T, TOperator>(in xs, in ys, ref target, (nuint)whole, strideX, strideY);
        }

        if (whole < length)
        {
            BinaryRest<T, TOperator>(
                in strideX == 0 ? ref scalarX : ref Unsafe.Add(ref Unsafe.AsRef(in xs), whole),
                strideX,
                in strideY == 0 ? ref scalarY : ref Unsafe.Add(ref Unsafe.AsRef(in ys), whole),
                strideY,
                ref Unsafe.Add(ref target, whole),
                length - whole);
        }
    }

    private static void BinaryWhole<T, TOperator>(
        ref readonly T x, ref readonly T y, ref T target, nuint length, int strideX, int strideY)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        if (strideX == 0)
        {
            BinaryScalarLeft<T, TOperator>(x, in y, ref target, length);
        }
        else if (strideY == 0)
        {
            BinaryScalarRight<T, TOperator>(in x, y, ref target, length);
        }
        else
        {
            BinaryVectors<T, TOperator>(in x, in y, ref target, length);
        }
    }

    /// <summary>1 for an operand that runs along with the destination, 0 for a scalar.</summary>
    private static int Stride(int operand, int destination) => operand == destination ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LoadRest<T>(ref readonly T source, int stride, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        => stride == 0 ? Vector512.Create(source) : PartialVector.Load(in source, count, Vector512<T>.One);

    [MethodImpl(Kernel)]
    private static void BinaryVectors<T, TOperator>(ref readonly T x, ref readonly T y, ref T target, nuint length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        for (nuint i = 0; i < length; i += (nuint)Vector512<T>.Count)
        {
            TOperator.Invoke(Vector512.LoadUnsafe(in x, i), Vector512.LoadUnsafe(in y, i)).StoreUnsafe(ref target, i);
        }
    }

    [MethodImpl(Kernel)]
    private static void BinaryScalarLeft<T, TOperator>(T scalar, ref readonly T y, ref T target, nuint length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        var x = Vector512.Create(scalar);
        for (nuint i = 0; i < length; i += (nuint)Vector512<T>.Count)
        {
            TOperator.Invoke(x, Vector512.LoadUnsafe(in y, i)).StoreUnsafe(ref target, i);
        }
    }

    [MethodImpl(Kernel)]
    private static void BinaryScalarRight<T, TOperator>(ref readonly T x, T scalar, ref T target, nuint length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        var y = Vector512.Create(scalar);
        for (nuint i = 0; i < length; i += (nuint)Vector512<T>.Count)
        {
            TOperator.Invoke(Vector512.LoadUnsafe(in x, i), y).StoreUnsafe(ref target, i);
        }
    }

    [MethodImpl(Kernel)]
    private static void BinaryRest<T, TOperator>(
        ref readonly T x, int strideX, ref readonly T y, int strideY, ref T target, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        var left = LoadRest(in x, strideX, count);
        var right = LoadRest(in y, strideY, count);
        if (Vector512.IsHardwareAccelerated)
        {
            PartialVector.Store(TOperator.Invoke(left, right), ref target, count);
            return;
        }

        ref var lanes = ref Unsafe.As<Vector512<T>, T>(ref left);
        BinaryVectors<T, TOperator>(in lanes, in Unsafe.As<Vector512<T>, T>(ref right), ref lanes, (nuint)Vector512<T>.Count);
        PartialVector.Store(left, ref target, count);
    }
}

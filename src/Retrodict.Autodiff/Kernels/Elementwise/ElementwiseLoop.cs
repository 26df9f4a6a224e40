using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>
/// Applies an operator to every element of spans. A destination may be the same span as an operand; other overlaps are not
/// supported. An operand of one element is a scalar.
/// </summary>
/// <remarks>
/// Every element goes through the operator's vector code: what does not fill a vector is padded with ones, which no operator
/// finds hard. So an element's bits depend neither on its position nor on the span's length. The operator is inlined twice per
/// loop, once for whole vectors and once, in a method of its own, for the rest; more copies would only cost compilation.
/// These methods skip the JIT's first tier, where vectors are two orders of magnitude slower.
/// </remarks>
internal static partial class ElementwiseLoop
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>destination[i] = op(x[i]), or op(x[0]) where x has one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unary<T, TOperator>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IUnaryOperator
    {
        var length = destination.Length;
        RequireLength(x.Length, length);
        ref readonly var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(destination);
        if (x.Length != length)
        {
            T value = default;
            UnaryRest<T, TOperator>(in source, ref value, 1);
            destination.Fill(value);
            return;
        }

        var whole = length & -Vector512<T>.Count;
        if (whole > 0)
        {
            UnaryVectors<T, TOperator>(in source, ref target, (nuint)whole);
        }

        if (whole < length)
        {
            UnaryRest<T, TOperator>(
                in Unsafe.Add(ref Unsafe.AsRef(in source), whole), ref Unsafe.Add(ref target, whole), length - whole);
        }
    }

    [MethodImpl(Kernel)]
    private static void UnaryVectors<T, TOperator>(ref readonly T source, ref T target, nuint length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IUnaryOperator
    {
        for (nuint i = 0; i < length; i += (nuint)Vector512<T>.Count)
        {
            TOperator.Invoke(Vector512.LoadUnsafe(in source, i)).StoreUnsafe(ref target, i);
        }
    }

    [MethodImpl(Kernel)]
    private static void UnaryRest<T, TOperator>(ref readonly T source, ref T target, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IUnaryOperator
    {
        var x = PartialVector.Load(in source, count, Vector512<T>.One);
        if (Vector512.IsHardwareAccelerated)
        {
            PartialVector.Store(TOperator.Invoke(x), ref target, count);
            return;
        }

        // Where vectors come in halves, an operator, the load and the store together exceed what the JIT inlines.
        ref var lanes = ref Unsafe.As<Vector512<T>, T>(ref x);
        UnaryVectors<T, TOperator>(in lanes, ref lanes, (nuint)Vector512<T>.Count);
        PartialVector.Store(x, ref target, count);
    }

    private static void RequireLength(int operand, int destination)
    {
        if (operand != destination && operand != 1)
        {
            ThrowLength(operand, destination);
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(int operand, int destination)
        => throw new ArgumentException($"An operand of {operand} elements does not fit a destination of {destination}.");
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A contraction with strong zeros that sums nothing: IEEE's product, signs of zeros too, but 0 where a zero meets an infinity or NaN. For
/// what is finite it costs no more than a product (<see cref="ChainMultiply"/> makes every zero positive).
/// </summary>
internal sealed record StrongMultiply : Elementwise
{
    public static readonly StrongMultiply Instance = new();

    public override string Name => "strong-multiply";

    public override int Arity => 2;

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) =>
        ChainMultiply.ProductRule(operands, tangents);

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operands[1 - operand] is { } factor ? Value.ChainMultiply(cotangent, factor) : base.Cotangent(operand, operands, shapes, cotangent);

    public override TileKernel<T> Kernel<T>() => static (x, y, z, result) =>
    {
        if ((x.Length == 1 && IsPlain(x[0])) || (y.Length == 1 && IsPlain(y[0])))
        {
            ElementwiseLoop.Binary<T, MultiplyOperator>(x, y, result);
        }
        else
        {
            ElementwiseLoop.Binary<T, StrongMultiplyOperator>(x, y, result);
        }

        static bool IsPlain(T factor) => T.IsFinite(factor) && factor != T.Zero;
    };
}

/// <summary>x * y, but 0 where that is NaN and a factor is 0.</summary>
internal readonly struct StrongMultiplyOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> product = x * y;
        return Vector512.EqualsAll(product, product) ? product : Mended(x, y, product);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> Mended<T>(Vector512<T> x, Vector512<T> y, Vector512<T> product)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> zeros = Vector512.Equals(x, Vector512<T>.Zero) | Vector512.Equals(y, Vector512<T>.Zero);
        return Vector512.ConditionalSelect(Vector512.Equals(product, product), product, Vector512.AndNot(product, zeros));
    }
}

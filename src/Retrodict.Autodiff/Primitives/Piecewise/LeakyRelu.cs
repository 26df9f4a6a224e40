using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Primitives;

/// <summary>x where x > 0, else slope * x. Convention: at 0 the derivative is the slope.</summary>
internal sealed record LeakyRelu(double Slope) : Smooth
{
    public override string Name => "leaky-relu";

    public override int Arity => 1;

    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"leaky-relu[slope {Slope}]");

    public override Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y) => Value.Select(x[0] > 0, 1, Slope);

    public override TileKernel<T> Kernel<T>()
    {
        // With slope 0 it is max(x, 0), for which 0 * -infinity would give NaN.
        if (Slope == 0)
        {
            return static (x, y, z, result) => ElementwiseLoop.Binary<T, MaximumOperator>(x, [T.Zero], result);
        }

        T slope = T.CreateTruncating(Slope);
        return (x, y, z, result) => ElementwiseLoop.Binary<T, LeakyReluOperator>(x, [slope], result);
    }
}

/// <summary>x where it is positive, slope * x elsewhere; NaN stays.</summary>
internal readonly struct LeakyReluOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> slope)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<T>.Zero), x, slope * x);
}

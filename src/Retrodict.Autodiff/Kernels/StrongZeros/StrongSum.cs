using System.Numerics;
using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff.Kernels;

/// <summary>A sum of products with strong zeros, term by term, and whether they mattered: whether a zero met an infinity or NaN.</summary>
internal ref struct StrongSum<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T _sum;
    private bool _mattered;

    /// <summary>Whether further terms can change nothing: the sum is NaN without a zero's doing.</summary>
    public readonly bool IsDecided => T.IsNaN(_sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T x, T y)
    {
        if (x == T.Zero || y == T.Zero)
        {
            _mattered |= !T.IsFinite(x) || !T.IsFinite(y);
        }
        else
        {
            _sum += x * y;
        }
    }

    /// <summary>The sum.</summary>
    public readonly T Value => _sum;

    /// <summary>The sum where strong zeros mattered, else what IEEE's products gave.</summary>
    public readonly T Or(T plain) => _mattered && !IsDecided ? _sum : plain;
}

using System.Numerics;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>An elementwise function of three operands.</summary>
internal interface ITernaryOperator
{
    /// <summary>
    /// The result for one vector. A lane's bits may depend on that lane of the operands alone. Implementations are marked
    /// for aggressive inlining, as loops are compiled once per operator around them.
    /// </summary>
    static abstract Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

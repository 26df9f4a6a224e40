using System.Numerics;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>An elementwise function of one operand.</summary>
internal interface IUnaryOperator
{
    /// <summary>
    /// The result for one vector. A lane's bits may depend on that lane of the operands alone. Implementations are marked
    /// for aggressive inlining, as loops are compiled once per operator around them.
    /// </summary>
    static abstract Vector512<T> Invoke<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

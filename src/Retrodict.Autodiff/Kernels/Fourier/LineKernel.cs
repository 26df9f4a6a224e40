using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>A transform of lines that lie side by side: element n of all lines forms row n.</summary>
internal abstract unsafe class LineKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows it reads.</summary>
    public abstract int FromLength { get; }

    /// <summary>Rows it writes.</summary>
    public abstract int ToLength { get; }

    /// <summary>Floating-point operations for one line.</summary>
    public abstract double Operations { get; }

    /// <summary>Scratch elements for a number of lanes.</summary>
    public abstract int ScratchLength(int lanes);

    /// <summary>Transforms all lanes.</summary>
    /// <param name="from">Rows, complex or real as the transform has it.</param>
    /// <param name="to">Rows, other memory.</param>
    /// <param name="lanes">At least as many as a vector has, or the number the kernel was made for.</param>
    /// <param name="scratch">Memory of <see cref="ScratchLength"/>.</param>
    public abstract void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T* scratch);

    /// <summary>The usual count of a complex transform's operations.</summary>
    protected static double ComplexOperations(int length) => 5 * length * Math.Log2(Math.Max(length, 2));
}

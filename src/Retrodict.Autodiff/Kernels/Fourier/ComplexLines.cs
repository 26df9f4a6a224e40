using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>Complex lines to complex lines.</summary>
internal sealed unsafe class ComplexLines<T>(int length, bool inverse, double scale, int lanes) : LineKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ComplexTransform<T> _transform = ComplexTransform<T>.Create(length, lanes);
    private readonly T _scale = T.CreateTruncating(scale);

    public override int FromLength => length;

    public override int ToLength => length;

    public override double Operations => ComplexOperations(length);

    public override int ScratchLength(int lanes) => _transform.ScratchLength(lanes);

    public override void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T* scratch) =>
        _transform.Run(inverse ? from.Exchanged : from, inverse ? to.Exchanged : to, lanes, _scale, scratch);
}

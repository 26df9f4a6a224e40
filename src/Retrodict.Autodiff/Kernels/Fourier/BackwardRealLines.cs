using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// N/2 + 1 frequencies to real lines of N elements: to[n] = scale Re sum_k w_k exp(2 pi i n k / N) from[k], where w_k is the weight, but 1
/// at the zero and the Nyquist frequency, whose imaginary parts are not read. The way back of <see cref="ForwardRealLines{T}"/>, and its
/// transpose for the same weight.
/// </summary>
internal sealed unsafe class BackwardRealLines<T> : LineKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ComplexTransform<T> _transform;
    private readonly T[] _roots;
    private readonly T _scale;
    private readonly T _factor;

    public BackwardRealLines(int length, double weight, double scale, int lanes)
    {
        ToLength = length;
        _transform = ComplexTransform<T>.Create(ForwardRealLines<T>.ComplexLength(length), lanes);
        _scale = T.CreateTruncating(scale);
        double factor = 0.5 * weight * scale;
        _factor = T.CreateTruncating(factor);
        _roots = ForwardRealLines<T>.Roots(length, factor, backward: true);
    }

    public override int FromLength => (ToLength / 2) + 1;

    public override int ToLength { get; }

    public override double Operations => ComplexOperations(ToLength) / 2;

    private bool IsEven => ToLength % 2 == 0;

    public override int ScratchLength(int lanes) =>
        checked(((IsEven ? 2 : 4) * _transform.Length * lanes) + _transform.ScratchLength(lanes));

    public override void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T* scratch)
    {
        int n = _transform.Length;
        LaneRows<T> z = LaneRows<T>.In(scratch, n, lanes);
        scratch += 2 * (nint)n * lanes;
        if (IsEven)
        {
            LaneKernels.SumAndDifference(from.Re, from.Re + (n * from.Stride), z.Re, z.Im, lanes, _scale);
            if (lanes == 1 && from.Stride == 1)
            {
                LaneKernels.UntangleLine(from, n, z, _factor, _roots, backward: true);
            }
            else
            {
                for (int k = 1; 2 * k <= n; k++)
                {
                    LaneKernels.Untangle(from, k, n - k, z, lanes, _factor, _roots[2 * k], _roots[(2 * k) + 1], backward: true);
                }
            }

            _transform.Run(z.Exchanged, to.Paired.Exchanged, lanes, T.One, scratch);
        }
        else
        {
            // The other half of the spectrum is the conjugate of this one.
            LaneRows<T> result = LaneRows<T>.In(scratch, n, lanes);
            scratch += 2 * (nint)n * lanes;
            LaneKernels.Copy(from.Re, z.Re, lanes, _scale);
            new Span<T>(z.Im, lanes).Clear();
            for (int k = 1; k < FromLength; k++)
            {
                LaneKernels.Copy(from.Re + (k * from.Stride), z.Re + (k * z.Stride), lanes, _factor);
                LaneKernels.Copy(from.Im + (k * from.Stride), z.Im + (k * z.Stride), lanes, _factor);
                LaneKernels.Copy(from.Re + (k * from.Stride), z.Re + ((n - k) * z.Stride), lanes, _factor);
                LaneKernels.Copy(from.Im + (k * from.Stride), z.Im + ((n - k) * z.Stride), lanes, -_factor);
            }

            _transform.Run(z.Exchanged, result.Exchanged, lanes, T.One, scratch);
            for (int row = 0; row < n; row++)
            {
                LaneKernels.Copy(result.Re + (row * result.Stride), to.Re + (row * to.Stride), lanes, T.One);
            }
        }
    }
}

// An even number of real elements is half as many complex ones, z_n = x_2n + i x_(2n+1), whose transform is taken apart by symmetry: with
// E_k and O_k the transforms of the even and odd elements, 2 E_k = Z_k + conj Z_(H-k), 2 i O_k = Z_k - conj Z_(H-k), X_k = E_k + exp(-2 pi
// i k / N) O_k, H = N / 2 (Press et al., Numerical Recipes, section 12.3).

using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// Real lines of N elements to N/2 + 1 frequencies: to[k] = scale w_k sum_n exp(-2 pi i n k / N) from[n], where w_k is the weight, but 1 at
/// the zero and the Nyquist frequency, whose imaginary parts are 0.
/// </summary>
internal sealed unsafe class ForwardRealLines<T> : LineKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ComplexTransform<T> _transform;
    private readonly T[] _roots;
    private readonly T _scale;
    private readonly T _factor;

    public ForwardRealLines(int length, double weight, double scale, int lanes)
    {
        FromLength = length;
        _transform = ComplexTransform<T>.Create(ComplexLength(length), lanes);
        _scale = T.CreateTruncating(scale);
        double factor = IsEven ? 0.5 * weight * scale : weight * scale;
        _factor = T.CreateTruncating(factor);
        _roots = Roots(length, factor, backward: false);
    }

    public override int FromLength { get; }

    public override int ToLength => (FromLength / 2) + 1;

    public override double Operations => ComplexOperations(FromLength) / 2;

    private bool IsEven => FromLength % 2 == 0;

    /// <summary>The length of the complex transform inside a real one.</summary>
    public static int ComplexLength(int length) => length % 2 == 0 ? length / 2 : length;

    /// <summary>factor exp(-+2 pi i k / N) for k up to N / 4.</summary>
    public static T[] Roots(int length, double factor, bool backward)
    {
        if (length % 2 == 1)
        {
            return [];
        }

        var roots = new T[2 * ((length / 4) + 1)];
        for (int k = 0; k <= length / 4; k++)
        {
            (double re, double im) = RootsOfUnity.At(k, length);
            roots[2 * k] = T.CreateTruncating(factor * re);
            roots[(2 * k) + 1] = T.CreateTruncating(backward ? -factor * im : factor * im);
        }

        return roots;
    }

    public override int ScratchLength(int lanes) =>
        checked(((IsEven ? 2 : 4) * _transform.Length * lanes) + _transform.ScratchLength(lanes));

    public override void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T* scratch)
    {
        int n = _transform.Length;
        LaneRows<T> z = LaneRows<T>.In(scratch, n, lanes);
        scratch += 2 * (nint)n * lanes;
        if (IsEven)
        {
            _transform.Run(from.Paired, z, lanes, T.One, scratch);
            Untangle(z, to, lanes);
        }
        else
        {
            LaneRows<T> x = LaneRows<T>.In(scratch, n, lanes);
            scratch += 2 * (nint)n * lanes;
            for (int row = 0; row < n; row++)
            {
                LaneKernels.Copy(from.Re + (row * from.Stride), x.Re + (row * x.Stride), lanes, T.One);
            }

            new Span<T>(x.Im, n * lanes).Clear();
            _transform.Run(x, z, lanes, T.One, scratch);
            LaneKernels.Copy(z.Re, to.Re, lanes, _scale);
            new Span<T>(to.Im, lanes).Clear();
            for (int k = 1; k < ToLength; k++)
            {
                LaneKernels.Copy(z.Re + (k * z.Stride), to.Re + (k * to.Stride), lanes, _factor);
                LaneKernels.Copy(z.Im + (k * z.Stride), to.Im + (k * to.Stride), lanes, _factor);
            }
        }
    }

    private void Untangle(LaneRows<T> z, LaneRows<T> to, int lanes)
    {
        int half = _transform.Length;
        LaneKernels.SumAndDifference(z.Re, z.Im, to.Re, to.Re + (half * to.Stride), lanes, _scale);
        new Span<T>(to.Im, lanes).Clear();
        new Span<T>(to.Im + (half * to.Stride), lanes).Clear();
        if (lanes == 1 && to.Stride == 1)
        {
            LaneKernels.UntangleLine(z, half, to, _factor, _roots, backward: false);
            return;
        }

        for (int k = 1; 2 * k <= half; k++)
        {
            LaneKernels.Untangle(z, k, half - k, to, lanes, _factor, _roots[2 * k], _roots[(2 * k) + 1], backward: false);
        }
    }
}

// Bluestein 1970: with c_n = exp(-pi i n^2 / N), X_k = c_k sum_n (x_n c_n) conj(c_(k-n)), a convolution, which a transform of a convenient
// length M >= 2 N - 1 computes.

using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>Transforms of lengths with large prime factors.</summary>
internal sealed unsafe class BluesteinTransform<T> : ComplexTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ComplexTransform<T> _convolution;
    private readonly T[] _chirp;
    private readonly T[] _filter;

    public BluesteinTransform(int length, int lanes)
    {
        Length = length;
        _convolution = ComplexTransform<T>.Create(Radices.ConvolutionLength(checked((2 * length) - 1)), lanes);
        _chirp = new T[2 * length];
        int m = _convolution.Length;
        var re = new double[2 * m];
        for (int n = 0; n < length; n++)
        {
            // The square modulo 2 N keeps the angle exact.
            (double cos, double sin) = RootsOfUnity.At((long)n * n, 2L * length);
            _chirp[2 * n] = T.CreateTruncating(cos);
            _chirp[(2 * n) + 1] = T.CreateTruncating(sin);
            re[n] = re[(m - n) % m] = cos;
            re[m + n] = re[m + ((m - n) % m)] = -sin;
        }

        _filter = Filter(re, m);
    }

    public override int Length { get; }

    public override int ScratchLength(int lanes) => checked((4 * _convolution.Length * lanes) + _convolution.ScratchLength(lanes));

    public override void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T scale, T* scratch)
    {
        int m = _convolution.Length;
        LaneRows<T> a = LaneRows<T>.In(scratch, m, lanes);
        LaneRows<T> b = LaneRows<T>.In(scratch + (2 * (nint)m * lanes), m, lanes);
        scratch += 4 * (nint)m * lanes;
        LaneKernels.Multiply(from, a, Length, lanes, _chirp);
        new Span<T>(a.Re + ((nint)Length * lanes), (m - Length) * lanes).Clear();
        new Span<T>(a.Im + ((nint)Length * lanes), (m - Length) * lanes).Clear();
        _convolution.Run(a, b, lanes, T.One, scratch);
        LaneKernels.Multiply(b, a, m, lanes, _filter);
        _convolution.Run(a.Exchanged, b.Exchanged, lanes, scale, scratch);
        LaneKernels.Multiply(b, to, Length, lanes, _chirp);
    }

    /// <summary>The transform of the conjugate chirp over M, which undoes the two transforms' factor, computed in double.</summary>
    private static T[] Filter(double[] chirp, int m)
    {
        int lanes = ComplexTransform<double>.FitsNarrow(m, 1) ? 1 : System.Runtime.Intrinsics.Vector512<double>.Count;
        var transform = ComplexTransform<double>.Create(m, lanes);
        var memory = new double[(4 * m * lanes) + transform.ScratchLength(lanes)];
        fixed (double* start = memory)
        {
            for (int n = 0; n < m; n++)
            {
                start[n * lanes] = chirp[n];
                start[(m + n) * lanes] = chirp[m + n];
            }

            LaneRows<double> result = LaneRows<double>.In(start + (2 * m * lanes), m, lanes);
            transform.Run(LaneRows<double>.In(start, m, lanes), result, lanes, 1.0 / m, start + (4 * m * lanes));
            var filter = new T[2 * m];
            for (int k = 0; k < m; k++)
            {
                filter[2 * k] = T.CreateTruncating(result.Re[k * lanes]);
                filter[(2 * k) + 1] = T.CreateTruncating(result.Im[k * lanes]);
            }

            return filter;
        }
    }
}

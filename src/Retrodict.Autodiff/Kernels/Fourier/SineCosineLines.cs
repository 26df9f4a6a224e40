// Types I by the transform of the odd or even extension; types II and III of the cosine by Makhoul 1980, A fast cosine transform in one and
// two dimensions: a permutation, a real transform of the same length, and rotations by exp(-pi i k / 2N). Sines of types II and III are
// cosines with alternating signs of the elements and reversed frequencies.

using System.Numerics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>The plain sums of <see cref="SineCosineKind"/>, times a factor, of real lines.</summary>
internal sealed unsafe class SineCosineLines<T> : LineKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SineCosineKind _kind;
    private readonly LineKernel<T> _inner;
    private readonly int _n;
    private readonly T[] _rotations;

    public SineCosineLines(int length, SineCosineKind kind, double scale, int lanes)
    {
        _kind = kind;
        _n = length;
        int inner = InnerLength(length, kind);
        _inner = kind is SineCosineKind.Cosine3 or SineCosineKind.Sine3
            ? new BackwardRealLines<T>(inner, 1, scale, lanes)
            : new ForwardRealLines<T>(inner, 1, kind == SineCosineKind.Sine1 ? -0.5 * scale : scale, lanes);
        _rotations = new T[2 * ((length / 2) + 1)];
        for (int k = 0; k <= length / 2; k++)
        {
            (double re, double im) = RootsOfUnity.At(k, 4L * length);
            _rotations[2 * k] = T.CreateTruncating(re);
            _rotations[(2 * k) + 1] = T.CreateTruncating(im);
        }
    }

    public override int FromLength => _n;

    public override int ToLength => _n;

    public override double Operations => _inner.Operations;

    /// <summary>The length of the real transform inside.</summary>
    public static int InnerLength(int length, SineCosineKind kind) => kind switch
    {
        SineCosineKind.Sine1 => checked(2 * (length + 1)),
        SineCosineKind.Cosine1 => checked(2 * (length - 1)),
        _ => length,
    };

    public override int ScratchLength(int lanes) =>
        checked((_inner.FromLength * lanes * 2) + (_inner.ToLength * lanes * 2) + _inner.ScratchLength(lanes));

    public override void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T* scratch)
    {
        LaneRows<T> operand = LaneRows<T>.In(scratch, _inner.FromLength, lanes);
        scratch += 2 * (nint)_inner.FromLength * lanes;
        LaneRows<T> result = LaneRows<T>.In(scratch, _inner.ToLength, lanes);
        scratch += 2 * (nint)_inner.ToLength * lanes;
        switch (_kind)
        {
            case SineCosineKind.Sine1:
                ExtendOddly(from, operand, lanes);
                _inner.Run(operand, result, lanes, scratch);
                CopyRows(result.Im + result.Stride, result.Stride, to, lanes);
                break;
            case SineCosineKind.Cosine1:
                ExtendEvenly(from, operand, lanes);
                _inner.Run(operand, result, lanes, scratch);
                CopyRows(result.Re, result.Stride, to, lanes);
                break;
            case SineCosineKind.Cosine2 or SineCosineKind.Sine2:
                for (int j = 0; j < _n; j++)
                {
                    T sign = _kind == SineCosineKind.Sine2 && j % 2 == 1 ? -T.One : T.One;
                    LaneKernels.Copy(from.Re + (j * from.Stride), operand.Re + (Position(j) * operand.Stride), lanes, sign);
                }

                _inner.Run(operand, result, lanes, scratch);
                RotateForward(result, to, lanes);
                break;
            default:
                RotateBackward(from, operand, lanes);
                _inner.Run(operand, result, lanes, scratch);
                for (int j = 0; j < _n; j++)
                {
                    T sign = _kind == SineCosineKind.Sine3 && j % 2 == 1 ? -T.One : T.One;
                    LaneKernels.Copy(result.Re + (Position(j) * result.Stride), to.Re + (j * to.Stride), lanes, sign);
                }

                break;
        }
    }

    /// <summary>Where Makhoul's permutation puts element j: even ones in order, then odd ones backwards.</summary>
    private int Position(int j) => j % 2 == 0 ? j / 2 : _n - 1 - (j / 2);

    /// <summary>Where frequency k of the cosine transform stands.</summary>
    private nint Frequency(int k) => _kind is SineCosineKind.Sine2 or SineCosineKind.Sine3 ? _n - 1 - k : k;

    /// <summary>y_k = Re(w_k V_k), y_(n-k) = -Im(w_k V_k).</summary>
    private void RotateForward(LaneRows<T> v, LaneRows<T> to, int lanes)
    {
        LaneKernels.Copy(v.Re, to.Re + (Frequency(0) * to.Stride), lanes, T.One);
        for (int k = 1; 2 * k < _n; k++)
        {
            LaneKernels.Turn(
                v.Re + (k * v.Stride), v.Im + (k * v.Stride), to.Re + (Frequency(k) * to.Stride), to.Re + (Frequency(_n - k) * to.Stride),
                lanes,
                _rotations[2 * k], _rotations[(2 * k) + 1], -T.One);
        }

        if (_n % 2 == 0)
        {
            int k = _n / 2;
            LaneKernels.Copy(v.Re + (k * v.Stride), to.Re + (Frequency(k) * to.Stride), lanes, _rotations[2 * k]);
        }
    }

    /// <summary>The transpose of <see cref="RotateForward"/>: V_k = conj(w_k) (y_k - i y_(n-k)).</summary>
    private void RotateBackward(LaneRows<T> from, LaneRows<T> v, int lanes)
    {
        LaneKernels.Copy(from.Re + (Frequency(0) * from.Stride), v.Re, lanes, T.One);
        for (int k = 1; 2 * k < _n; k++)
        {
            LaneKernels.Turn(
                from.Re + (Frequency(k) * from.Stride), from.Re + (Frequency(_n - k) * from.Stride), v.Re + (k * v.Stride),
                v.Im + (k * v.Stride), lanes,
                _rotations[2 * k], _rotations[(2 * k) + 1], -T.One);
        }

        if (_n % 2 == 0)
        {
            int k = _n / 2;
            LaneKernels.Copy(from.Re + (Frequency(k) * from.Stride), v.Re + (k * v.Stride), lanes, _rotations[2 * k]);
        }
    }

    private void ExtendOddly(LaneRows<T> from, LaneRows<T> x, int lanes)
    {
        new Span<T>(x.Re, lanes).Clear();
        new Span<T>(x.Re + ((_n + 1) * x.Stride), lanes).Clear();
        for (int j = 0; j < _n; j++)
        {
            LaneKernels.Copy(from.Re + (j * from.Stride), x.Re + ((j + 1) * x.Stride), lanes, T.One);
            LaneKernels.Copy(from.Re + (j * from.Stride), x.Re + (((2 * _n) + 1 - j) * x.Stride), lanes, -T.One);
        }
    }

    private void ExtendEvenly(LaneRows<T> from, LaneRows<T> x, int lanes)
    {
        int last = _n - 1;
        LaneKernels.Copy(from.Re, x.Re, lanes, T.One);
        LaneKernels.Copy(from.Re + (last * from.Stride), x.Re + (last * x.Stride), lanes, T.One);
        T half = T.CreateTruncating(0.5);
        for (int j = 1; j < last; j++)
        {
            LaneKernels.Copy(from.Re + (j * from.Stride), x.Re + (j * x.Stride), lanes, half);
            LaneKernels.Copy(from.Re + (j * from.Stride), x.Re + (((2 * last) - j) * x.Stride), lanes, half);
        }
    }

    private void CopyRows(T* from, nint stride, LaneRows<T> to, int lanes)
    {
        for (int row = 0; row < _n; row++)
        {
            LaneKernels.Copy(from + (row * stride), to.Re + (row * to.Stride), lanes, T.One);
        }
    }
}

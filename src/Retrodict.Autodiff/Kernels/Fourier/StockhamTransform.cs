using System.Numerics;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// Transforms whose length has small prime factors: one <see cref="Pass{T}"/> a factor, back and forth between two buffers. While lanes and
/// finished factors together do not fill a vector, a pass runs over neighboring p instead: butterflies first, then roots of unity spread
/// out in a table, then the results are dealt to their places.
/// </summary>
internal sealed unsafe class StockhamTransform<T> : ComplexTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _radices;
    private readonly T[][] _roots;
    private readonly T[][] _angles;

    public StockhamTransform(int length, int[] radices, int lanes)
    {
        Length = length;
        _radices = radices;
        _roots = new T[radices.Length][];
        _angles = new T[radices.Length][];
        int done = 1;
        for (int i = 0; i < radices.Length; i++)
        {
            int left = length / (done * radices[i]);
            bool narrow = (long)done * lanes < Vector512<T>.Count;
            _roots[i] = narrow ? SpreadRoots(radices[i], left, done * lanes) : PassRoots(radices[i], left);
            _angles[i] = radices[i] % 2 == 1 && radices[i] > 5 ? Angles(radices[i]) : [];
            done *= radices[i];
        }
    }

    public override int Length { get; }

    public override int ScratchLength(int lanes) => checked(4 * Length * lanes);

    public override void Run(LaneRows<T> from, LaneRows<T> to, int lanes, T scale, T* scratch)
    {
        if (_radices.Length == 0)
        {
            LaneKernels.Copy(from, to, Length, lanes, scale);
            return;
        }

        LaneRows<T> a = LaneRows<T>.In(scratch, Length, lanes);
        LaneRows<T> b = LaneRows<T>.In(scratch + (2 * (nint)Length * lanes), Length, lanes);
        LaneRows<T> current = from;
        bool few = lanes < Vector512<T>.Count;
        if (few && from.Stride != lanes)
        {
            LaneKernels.Copy(from, a, Length, lanes, T.One);
            current = a;
        }

        int done = 1;
        for (int i = 0; i < _radices.Length; i++)
        {
            int left = Length / (done * _radices[i]);
            bool last = i == _radices.Length - 1;
            LaneRows<T> other = current.Re == a.Re ? b : a;
            if ((nint)done * lanes < Vector512<T>.Count)
            {
                // The operand's buffer is free again once the butterflies are done; the caller's memory is not written to.
                LaneRows<T> target = current.Re == from.Re && current.Re != a.Re ? b : current;
                RunNarrow(i, current, other, target, done * lanes, left);
                current = target;
            }
            else
            {
                LaneRows<T> target = last && !(few && to.Stride != lanes) ? to : other;
                fixed (T* roots = _roots[i])
                {
                    Run(i, new Pass<T>(current, target, done, left, lanes, roots, scale));
                }

                current = target;
            }

            done *= _radices[i];
        }

        if (current.Re != to.Re)
        {
            LaneKernels.Copy(current, to, Length, lanes, T.One);
        }
    }

    private static T[] PassRoots(int radix, int left)
    {
        if (left == 1)
        {
            return [];
        }

        var roots = new T[2 * (radix - 1) * left];
        for (int p = 0; p < left; p++)
        {
            for (int k = 1; k < radix; k++)
            {
                (double re, double im) = RootsOfUnity.At((long)p * k, (long)radix * left);
                roots[2 * ((p * (radix - 1)) + k - 1)] = T.CreateTruncating(re);
                roots[(2 * ((p * (radix - 1)) + k - 1)) + 1] = T.CreateTruncating(im);
            }
        }

        return roots;
    }

    /// <summary>
    /// The roots for k = 1, ..., each repeated for a group of neighboring elements: all real parts, then all imaginary parts.
    /// </summary>
    private static T[] SpreadRoots(int radix, int left, int group)
    {
        int run = left * group;
        var roots = new T[2 * (radix - 1) * run];
        for (int k = 1; k < radix; k++)
        {
            for (int p = 0; p < left; p++)
            {
                (double re, double im) = RootsOfUnity.At((long)p * k, (long)radix * left);
                roots.AsSpan(((k - 1) * run) + (p * group), group).Fill(T.CreateTruncating(re));
                roots.AsSpan(((radix - 1 + k - 1) * run) + (p * group), group).Fill(T.CreateTruncating(im));
            }
        }

        return roots;
    }

    private static T[] Angles(int radix)
    {
        var angles = new T[2 * radix];
        for (int n = 0; n < radix; n++)
        {
            (double re, double im) = RootsOfUnity.At(n, radix);
            angles[2 * n] = T.CreateTruncating(re);
            angles[(2 * n) + 1] = T.CreateTruncating(-im);
        }

        return angles;
    }

    private void RunNarrow(int i, LaneRows<T> from, LaneRows<T> results, LaneRows<T> to, int group, int left)
    {
        int radix = _radices[i];
        int run = group * left;
        var fromRows = new LaneRows<T>(from.Re, from.Im, run);
        Butterfly<Plain>(i, new Pass<T>(fromRows, new LaneRows<T>(results.Re, results.Im, run), 1, 1, run, null, T.One));
        Rotate(results.Re + run, results.Im + run, _roots[i]);
        Deal(results.Re, to.Re, radix, left, group);
        Deal(results.Im, to.Im, radix, left, group);
    }

    /// <summary>Elementwise complex product with a table of real parts followed by imaginary parts.</summary>
    private static void Rotate(T* re, T* im, T[] table)
    {
        int length = table.Length / 2;
        fixed (T* roots = table)
        {
            int at = 0;
            for (; at <= length - Vector512<T>.Count; at += Vector512<T>.Count)
            {
                var (x, y) = (Vector512.Load(re + at), Vector512.Load(im + at));
                var (u, v) = (Vector512.Load(roots + at), Vector512.Load(roots + length + at));
                WideVector.FusedMultiplyAdd(x, u, -(y * v)).Store(re + at);
                WideVector.FusedMultiplyAdd(x, v, y * u).Store(im + at);
            }

            for (; at < length; at++)
            {
                (T x, T y) = (re[at], im[at]);
                (T u, T v) = (roots[at], roots[length + at]);
                re[at] = T.FusedMultiplyAdd(x, u, -(y * v));
                im[at] = T.FusedMultiplyAdd(x, v, y * u);
            }
        }
    }

    /// <summary>to[q + group (radix p + k)] = from[q + group (p + left k)].</summary>
    private static void Deal(T* from, T* to, int radix, int left, int group)
    {
        for (int k = 0; k < radix; k++)
        {
            T* source = from + ((nint)k * left * group);
            T* target = to + ((nint)k * group);
            for (int p = 0; p < left; p++)
            {
                for (int q = 0; q < group; q++)
                {
                    target[q] = source[q];
                }

                source += group;
                target += (nint)radix * group;
            }
        }
    }

    private void Run(int i, in Pass<T> pass)
    {
        if (pass.Left > 1)
        {
            Butterfly<Rotated>(i, pass);
        }
        else if (pass.Scale != T.One)
        {
            Butterfly<Scaled>(i, pass);
        }
        else
        {
            Butterfly<Plain>(i, pass);
        }
    }

    private void Butterfly<TFinish>(int i, in Pass<T> pass)
        where TFinish : struct
    {
        switch (_radices[i])
        {
            case 2:
                Butterflies.Two<T, TFinish>(pass);
                break;
            case 3:
                Butterflies.Three<T, TFinish>(pass);
                break;
            case 4:
                Butterflies.Four<T, TFinish>(pass);
                break;
            case 5:
                Butterflies.Five<T, TFinish>(pass);
                break;
            case 8:
                Butterflies.Eight<T, TFinish>(pass);
                break;
            default:
                fixed (T* angles = _angles[i])
                {
                    Butterflies.Odd<T, TFinish>(pass, _radices[i], angles);
                }

                break;
        }
    }
}

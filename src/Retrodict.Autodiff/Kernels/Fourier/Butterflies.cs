// Cooley and Tukey 1965, in Stockham's self-sorting form; see Pass for the index arithmetic. Each butterfly is its own method that is not
// inlined, with all operands in registers. Roots of unity are spread over a vector once for a whole run.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>What becomes of a butterfly's results: nothing, a factor, or a rotation by the roots of unity.</summary>
internal readonly struct Plain;

/// <summary>The results are multiplied by the pass's scale.</summary>
internal readonly struct Scaled;

/// <summary>The results but the first are multiplied by roots of unity.</summary>
internal readonly struct Rotated;

/// <summary>The butterflies of all lines side by side: discrete Fourier transforms of a few points.</summary>
internal static unsafe partial class Butterflies
{
    /// <summary>Radix 2.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Two<T, TFinish>(in Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFinish : struct
    {
        nint step = pass.FromStep;
        nint toStep = pass.ToStep;
        nint run = pass.Run;
        nint last = run - Vector512<T>.Count;
        for (int p = 0; p < pass.Left; p++)
        {
            T* roots = pass.Roots + (2 * 1 * p);
            Vector512<T> w1r = Root<T, TFinish>(roots, 0, pass.Scale);
            Vector512<T> w1i = Root<T, TFinish>(roots, 1, pass.Scale);
            for (int block = 0; block < pass.Blocks; block++)
            {
                T* re = pass.From.Re + pass.FromStart(p, block);
                T* im = pass.From.Im + pass.FromStart(p, block);
                T* toRe = pass.To.Re + pass.ToStart(p, 2, block);
                T* toIm = pass.To.Im + pass.ToStart(p, 2, block);
                for (nint at = 0; at < run; at += Vector512<T>.Count)
                {
                    // The last vector overlaps the one before rather than be shorter.
                    nint q = at < last ? at : last;
                    var a0r = Vector512.Load(re + q);
                    var a0i = Vector512.Load(im + q);
                    var a1r = Vector512.Load(re + step + q);
                    var a1i = Vector512.Load(im + step + q);
                    First<T, TFinish>(toRe + q, toIm + q, a0r + a1r, a0i + a1i, pass.Scale);
                    Store<T, TFinish>(toRe + toStep + q, toIm + toStep + q, a0r - a1r, a0i - a1i, w1r, w1i);
                }
            }
        }
    }

    /// <summary>Radix 3: the real part of both roots is -1/2, the imaginary part -+ sqrt(3)/2.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Three<T, TFinish>(in Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFinish : struct
    {
        Vector512<T> half = Vector512.Create(T.CreateTruncating(-0.5));
        Vector512<T> s = Vector512.Create(T.CreateTruncating(0.86602540378443864676));
        nint step = pass.FromStep;
        nint toStep = pass.ToStep;
        nint run = pass.Run;
        nint last = run - Vector512<T>.Count;
        for (int p = 0; p < pass.Left; p++)
        {
            T* roots = pass.Roots + (2 * 2 * p);
            Vector512<T> w1r = Root<T, TFinish>(roots, 0, pass.Scale);
            Vector512<T> w1i = Root<T, TFinish>(roots, 1, pass.Scale);
            Vector512<T> w2r = Root<T, TFinish>(roots, 2, pass.Scale);
            Vector512<T> w2i = Root<T, TFinish>(roots, 3, pass.Scale);
            for (int block = 0; block < pass.Blocks; block++)
            {
                T* re = pass.From.Re + pass.FromStart(p, block);
                T* im = pass.From.Im + pass.FromStart(p, block);
                T* toRe = pass.To.Re + pass.ToStart(p, 3, block);
                T* toIm = pass.To.Im + pass.ToStart(p, 3, block);
                for (nint at = 0; at < run; at += Vector512<T>.Count)
                {
                    // The last vector overlaps the one before rather than be shorter.
                    nint q = at < last ? at : last;
                    var a0r = Vector512.Load(re + q);
                    var a0i = Vector512.Load(im + q);
                    var a1r = Vector512.Load(re + step + q);
                    var a1i = Vector512.Load(im + step + q);
                    var a2r = Vector512.Load(re + (2 * step) + q);
                    var a2i = Vector512.Load(im + (2 * step) + q);
                    var tr = a1r + a2r;
                    var ti = a1i + a2i;
                    var mr = WideVector.FusedMultiplyAdd(half, tr, a0r);
                    var mi = WideVector.FusedMultiplyAdd(half, ti, a0i);
                    var nr = s * (a1r - a2r);
                    var ni = s * (a1i - a2i);
                    First<T, TFinish>(toRe + q, toIm + q, a0r + tr, a0i + ti, pass.Scale);
                    Store<T, TFinish>(toRe + toStep + q, toIm + toStep + q, mr + ni, mi - nr, w1r, w1i);
                    Store<T, TFinish>(toRe + (2 * toStep) + q, toIm + (2 * toStep) + q, mr - ni, mi + nr, w2r, w2i);
                }
            }
        }
    }

    /// <summary>Radix 4, without a multiplication.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Four<T, TFinish>(in Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFinish : struct
    {
        nint step = pass.FromStep;
        nint toStep = pass.ToStep;
        nint run = pass.Run;
        nint last = run - Vector512<T>.Count;
        for (int p = 0; p < pass.Left; p++)
        {
            T* roots = pass.Roots + (2 * 3 * p);
            Vector512<T> w1r = Root<T, TFinish>(roots, 0, pass.Scale);
            Vector512<T> w1i = Root<T, TFinish>(roots, 1, pass.Scale);
            Vector512<T> w2r = Root<T, TFinish>(roots, 2, pass.Scale);
            Vector512<T> w2i = Root<T, TFinish>(roots, 3, pass.Scale);
            Vector512<T> w3r = Root<T, TFinish>(roots, 4, pass.Scale);
            Vector512<T> w3i = Root<T, TFinish>(roots, 5, pass.Scale);
            for (int block = 0; block < pass.Blocks; block++)
            {
                T* re = pass.From.Re + pass.FromStart(p, block);
                T* im = pass.From.Im + pass.FromStart(p, block);
                T* toRe = pass.To.Re + pass.ToStart(p, 4, block);
                T* toIm = pass.To.Im + pass.ToStart(p, 4, block);
                for (nint at = 0; at < run; at += Vector512<T>.Count)
                {
                    // The last vector overlaps the one before rather than be shorter.
                    nint q = at < last ? at : last;
                    var a0r = Vector512.Load(re + q);
                    var a0i = Vector512.Load(im + q);
                    var a1r = Vector512.Load(re + step + q);
                    var a1i = Vector512.Load(im + step + q);
                    var a2r = Vector512.Load(re + (2 * step) + q);
                    var a2i = Vector512.Load(im + (2 * step) + q);
                    var a3r = Vector512.Load(re + (3 * step) + q);
                    var a3i = Vector512.Load(im + (3 * step) + q);
                    var sr = a0r + a2r;
                    var si = a0i + a2i;
                    var tr = a0r - a2r;
                    var ti = a0i - a2i;
                    var ur = a1r + a3r;
                    var ui = a1i + a3i;
                    var vr = a1r - a3r;
                    var vi = a1i - a3i;
                    First<T, TFinish>(toRe + q, toIm + q, sr + ur, si + ui, pass.Scale);
                    Store<T, TFinish>(toRe + toStep + q, toIm + toStep + q, tr + vi, ti - vr, w1r, w1i);
                    Store<T, TFinish>(toRe + (2 * toStep) + q, toIm + (2 * toStep) + q, sr - ur, si - ui, w2r, w2i);
                    Store<T, TFinish>(toRe + (3 * toStep) + q, toIm + (3 * toStep) + q, tr - vi, ti + vr, w3r, w3i);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Root<T, TFinish>(T* roots, int at, T scale)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(TFinish) == typeof(Rotated) ? Vector512.Create(roots[at])
            : typeof(TFinish) == typeof(Scaled) ? Vector512.Create(scale)
            : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void First<T, TFinish>(T* toRe, T* toIm, Vector512<T> re, Vector512<T> im, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(TFinish) == typeof(Scaled))
        {
            re *= Vector512.Create(scale);
            im *= Vector512.Create(scale);
        }

        re.Store(toRe);
        im.Store(toIm);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, TFinish>(T* toRe, T* toIm, Vector512<T> re, Vector512<T> im, Vector512<T> rootRe, Vector512<T> rootIm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(TFinish) == typeof(Rotated))
        {
            WideVector.FusedMultiplyAdd(re, rootRe, -(im * rootIm)).Store(toRe);
            WideVector.FusedMultiplyAdd(re, rootIm, im * rootRe).Store(toIm);
        }
        else if (typeof(TFinish) == typeof(Scaled))
        {
            (re * rootRe).Store(toRe);
            (im * rootRe).Store(toIm);
        }
        else
        {
            re.Store(toRe);
            im.Store(toIm);
        }
    }
}

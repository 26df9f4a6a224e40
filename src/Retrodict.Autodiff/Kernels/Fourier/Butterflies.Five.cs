using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <content>Radix 5.</content>
internal static unsafe partial class Butterflies
{
    /// <summary>Radix 5: sums and differences of mirrored operands meet the cosines and sines of 72 and 144 degrees.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Five<T, TFinish>(in Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFinish : struct
    {
        Vector512<T> c1 = Vector512.Create(T.CreateTruncating(0.30901699437494742410));
        Vector512<T> c2 = Vector512.Create(T.CreateTruncating(-0.80901699437494742410));
        Vector512<T> s1 = Vector512.Create(T.CreateTruncating(0.95105651629515357212));
        Vector512<T> s2 = Vector512.Create(T.CreateTruncating(0.58778525229247312917));
        nint step = pass.FromStep;
        nint toStep = pass.ToStep;
        nint run = pass.Run;
        nint last = run - Vector512<T>.Count;
        for (int p = 0; p < pass.Left; p++)
        {
            T* roots = pass.Roots + (2 * 4 * p);
            Vector512<T> w1r = Root<T, TFinish>(roots, 0, pass.Scale);
            Vector512<T> w1i = Root<T, TFinish>(roots, 1, pass.Scale);
            Vector512<T> w2r = Root<T, TFinish>(roots, 2, pass.Scale);
            Vector512<T> w2i = Root<T, TFinish>(roots, 3, pass.Scale);
            Vector512<T> w3r = Root<T, TFinish>(roots, 4, pass.Scale);
            Vector512<T> w3i = Root<T, TFinish>(roots, 5, pass.Scale);
            Vector512<T> w4r = Root<T, TFinish>(roots, 6, pass.Scale);
            Vector512<T> w4i = Root<T, TFinish>(roots, 7, pass.Scale);
            for (int block = 0; block < pass.Blocks; block++)
            {
                T* re = pass.From.Re + pass.FromStart(p, block);
                T* im = pass.From.Im + pass.FromStart(p, block);
                T* toRe = pass.To.Re + pass.ToStart(p, 5, block);
                T* toIm = pass.To.Im + pass.ToStart(p, 5, block);
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
                    var a4r = Vector512.Load(re + (4 * step) + q);
                    var a4i = Vector512.Load(im + (4 * step) + q);
                    var t1r = a1r + a4r;
                    var t1i = a1i + a4i;
                    var t2r = a2r + a3r;
                    var t2i = a2i + a3i;
                    var d1r = a1r - a4r;
                    var d1i = a1i - a4i;
                    var d2r = a2r - a3r;
                    var d2i = a2i - a3i;
                    var m1r = WideVector.FusedMultiplyAdd(c2, t2r, WideVector.FusedMultiplyAdd(c1, t1r, a0r));
                    var m1i = WideVector.FusedMultiplyAdd(c2, t2i, WideVector.FusedMultiplyAdd(c1, t1i, a0i));
                    var m2r = WideVector.FusedMultiplyAdd(c1, t2r, WideVector.FusedMultiplyAdd(c2, t1r, a0r));
                    var m2i = WideVector.FusedMultiplyAdd(c1, t2i, WideVector.FusedMultiplyAdd(c2, t1i, a0i));
                    var n1r = WideVector.FusedMultiplyAdd(s2, d2r, s1 * d1r);
                    var n1i = WideVector.FusedMultiplyAdd(s2, d2i, s1 * d1i);
                    var n2r = WideVector.FusedMultiplyAdd(-s1, d2r, s2 * d1r);
                    var n2i = WideVector.FusedMultiplyAdd(-s1, d2i, s2 * d1i);
                    First<T, TFinish>(toRe + q, toIm + q, a0r + (t1r + t2r), a0i + (t1i + t2i), pass.Scale);
                    Store<T, TFinish>(toRe + toStep + q, toIm + toStep + q, m1r + n1i, m1i - n1r, w1r, w1i);
                    Store<T, TFinish>(toRe + (2 * toStep) + q, toIm + (2 * toStep) + q, m2r + n2i, m2i - n2r, w2r, w2i);
                    Store<T, TFinish>(toRe + (3 * toStep) + q, toIm + (3 * toStep) + q, m2r - n2i, m2i + n2r, w3r, w3i);
                    Store<T, TFinish>(toRe + (4 * toStep) + q, toIm + (4 * toStep) + q, m1r - n1i, m1i + n1r, w4r, w4i);
                }
            }
        }
    }
}

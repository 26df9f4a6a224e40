using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <content>Radix 8.</content>
internal static unsafe partial class Butterflies
{
    /// <summary>Radix 8: two butterflies of radix 4, joined by the eighth roots of unity.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Eight<T, TFinish>(in Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFinish : struct
    {
        Vector512<T> root = Vector512.Create(T.CreateTruncating(0.70710678118654752440));
        nint step = pass.FromStep;
        nint toStep = pass.ToStep;
        nint run = pass.Run;
        nint last = run - Vector512<T>.Count;
        for (int p = 0; p < pass.Left; p++)
        {
            T* roots = pass.Roots + (2 * 7 * p);
            Vector512<T> w1r = Root<T, TFinish>(roots, 0, pass.Scale);
            Vector512<T> w1i = Root<T, TFinish>(roots, 1, pass.Scale);
            Vector512<T> w2r = Root<T, TFinish>(roots, 2, pass.Scale);
            Vector512<T> w2i = Root<T, TFinish>(roots, 3, pass.Scale);
            Vector512<T> w3r = Root<T, TFinish>(roots, 4, pass.Scale);
            Vector512<T> w3i = Root<T, TFinish>(roots, 5, pass.Scale);
            Vector512<T> w4r = Root<T, TFinish>(roots, 6, pass.Scale);
            Vector512<T> w4i = Root<T, TFinish>(roots, 7, pass.Scale);
            Vector512<T> w5r = Root<T, TFinish>(roots, 8, pass.Scale);
            Vector512<T> w5i = Root<T, TFinish>(roots, 9, pass.Scale);
            Vector512<T> w6r = Root<T, TFinish>(roots, 10, pass.Scale);
            Vector512<T> w6i = Root<T, TFinish>(roots, 11, pass.Scale);
            Vector512<T> w7r = Root<T, TFinish>(roots, 12, pass.Scale);
            Vector512<T> w7i = Root<T, TFinish>(roots, 13, pass.Scale);
            for (int block = 0; block < pass.Blocks; block++)
            {
                T* re = pass.From.Re + pass.FromStart(p, block);
                T* im = pass.From.Im + pass.FromStart(p, block);
                T* toRe = pass.To.Re + pass.ToStart(p, 8, block);
                T* toIm = pass.To.Im + pass.ToStart(p, 8, block);
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
                    var a5r = Vector512.Load(re + (5 * step) + q);
                    var a5i = Vector512.Load(im + (5 * step) + q);
                    var a6r = Vector512.Load(re + (6 * step) + q);
                    var a6i = Vector512.Load(im + (6 * step) + q);
                    var a7r = Vector512.Load(re + (7 * step) + q);
                    var a7i = Vector512.Load(im + (7 * step) + q);
                    var esr = a0r + a4r;
                    var esi = a0i + a4i;
                    var etr = a0r - a4r;
                    var eti = a0i - a4i;
                    var eur = a2r + a6r;
                    var eui = a2i + a6i;
                    var evr = a2r - a6r;
                    var evi = a2i - a6i;
                    var e0r = esr + eur;
                    var e0i = esi + eui;
                    var e1r = etr + evi;
                    var e1i = eti - evr;
                    var e2r = esr - eur;
                    var e2i = esi - eui;
                    var e3r = etr - evi;
                    var e3i = eti + evr;
                    var osr = a1r + a5r;
                    var osi = a1i + a5i;
                    var otr = a1r - a5r;
                    var oti = a1i - a5i;
                    var our = a3r + a7r;
                    var oui = a3i + a7i;
                    var ovr = a3r - a7r;
                    var ovi = a3i - a7i;
                    var o0r = osr + our;
                    var o0i = osi + oui;
                    var o1r = otr + ovi;
                    var o1i = oti - ovr;
                    var o2r = osr - our;
                    var o2i = osi - oui;
                    var o3r = otr - ovi;
                    var o3i = oti + ovr;
                    var f1r = root * (o1r + o1i);
                    var f1i = root * (o1i - o1r);
                    var f3r = root * (o3i - o3r);
                    var f3i = root * (o3i + o3r);
                    First<T, TFinish>(toRe + q, toIm + q, e0r + o0r, e0i + o0i, pass.Scale);
                    Store<T, TFinish>(toRe + toStep + q, toIm + toStep + q, e1r + f1r, e1i + f1i, w1r, w1i);
                    Store<T, TFinish>(toRe + (2 * toStep) + q, toIm + (2 * toStep) + q, e2r + o2i, e2i - o2r, w2r, w2i);
                    Store<T, TFinish>(toRe + (3 * toStep) + q, toIm + (3 * toStep) + q, e3r + f3r, e3i - f3i, w3r, w3i);
                    Store<T, TFinish>(toRe + (4 * toStep) + q, toIm + (4 * toStep) + q, e0r - o0r, e0i - o0i, w4r, w4i);
                    Store<T, TFinish>(toRe + (5 * toStep) + q, toIm + (5 * toStep) + q, e1r - f1r, e1i - f1i, w5r, w5i);
                    Store<T, TFinish>(toRe + (6 * toStep) + q, toIm + (6 * toStep) + q, e2r - o2i, e2i + o2r, w6r, w6i);
                    Store<T, TFinish>(toRe + (7 * toStep) + q, toIm + (7 * toStep) + q, e3r - f3r, e3i + f3i, w7r, w7i);
                }
            }
        }
    }
}

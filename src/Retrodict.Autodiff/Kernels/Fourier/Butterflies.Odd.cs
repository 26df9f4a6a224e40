using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <content>Any odd radix.</content>
internal static unsafe partial class Butterflies
{
    /// <summary>
    /// An odd radix r: sums and differences of mirrored operands meet the cosines and sines of multiples of 360/r degrees.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="radix">r.</param>
    /// <param name="angles">cos and sin of 2 pi n / r, n &lt; r, in turn.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Odd<T, TFinish>(in Pass<T> pass, int radix, T* angles)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFinish : struct
    {
        // Sums and differences, real and imaginary, of up to 30 pairs.
        int pairs = radix / 2;
        T* memory = stackalloc T[4 * pairs * Vector512<T>.Count];
        nint step = pass.FromStep;
        nint toStep = pass.ToStep;
        nint run = pass.Run;
        nint last = run - Vector512<T>.Count;
        for (int p = 0; p < pass.Left; p++)
        {
            T* roots = pass.Roots + (2 * (radix - 1) * p);
            for (int block = 0; block < pass.Blocks; block++)
            {
                T* re = pass.From.Re + pass.FromStart(p, block);
                T* im = pass.From.Im + pass.FromStart(p, block);
                T* toRe = pass.To.Re + pass.ToStart(p, radix, block);
                T* toIm = pass.To.Im + pass.ToStart(p, radix, block);
                for (nint at = 0; at < run; at += Vector512<T>.Count)
                {
                    nint q = at < last ? at : last;
                    var a0r = Vector512.Load(re + q);
                    var a0i = Vector512.Load(im + q);
                    (Vector512<T> totalRe, Vector512<T> totalIm) = (a0r, a0i);
                    T* pair = memory;
                    for (int j = 1; j <= pairs; j++)
                    {
                        var ar = Vector512.Load(re + (j * step) + q);
                        var ai = Vector512.Load(im + (j * step) + q);
                        var br = Vector512.Load(re + ((radix - j) * step) + q);
                        var bi = Vector512.Load(im + ((radix - j) * step) + q);
                        totalRe += ar + br;
                        totalIm += ai + bi;
                        (ar + br).Store(pair);
                        (ai + bi).Store(pair + Vector512<T>.Count);
                        (ar - br).Store(pair + (2 * Vector512<T>.Count));
                        (ai - bi).Store(pair + (3 * Vector512<T>.Count));
                        pair += 4 * Vector512<T>.Count;
                    }

                    First<T, TFinish>(toRe + q, toIm + q, totalRe, totalIm, pass.Scale);
                    for (int k = 1; k <= pairs; k++)
                    {
                        (Vector512<T> mr, Vector512<T> mi) = (a0r, a0i);
                        var nr = Vector512<T>.Zero;
                        var ni = Vector512<T>.Zero;
                        pair = memory;
                        int multiple = 0;
                        for (int j = 1; j <= pairs; j++)
                        {
                            multiple += k;
                            multiple -= multiple >= radix ? radix : 0;
                            var cos = Vector512.Create(angles[2 * multiple]);
                            var sin = Vector512.Create(angles[(2 * multiple) + 1]);
                            mr = WideVector.FusedMultiplyAdd(cos, Vector512.Load(pair), mr);
                            mi = WideVector.FusedMultiplyAdd(cos, Vector512.Load(pair + Vector512<T>.Count), mi);
                            nr = WideVector.FusedMultiplyAdd(sin, Vector512.Load(pair + (2 * Vector512<T>.Count)), nr);
                            ni = WideVector.FusedMultiplyAdd(sin, Vector512.Load(pair + (3 * Vector512<T>.Count)), ni);
                            pair += 4 * Vector512<T>.Count;
                        }

                        int first = 2 * (k - 1);
                        int mirrored = 2 * (radix - k - 1);
                        Store<T, TFinish>(
                            toRe + (k * toStep) + q, toIm + (k * toStep) + q, mr + ni, mi - nr,
                            Root<T, TFinish>(roots, first, pass.Scale), Root<T, TFinish>(roots, first + 1, pass.Scale));
                        Store<T, TFinish>(
                            toRe + ((radix - k) * toStep) + q, toIm + ((radix - k) * toStep) + q, mr - ni, mi + nr,
                            Root<T, TFinish>(roots, mirrored, pass.Scale), Root<T, TFinish>(roots, mirrored + 1, pass.Scale));
                    }
                }
            }
        }
    }
}

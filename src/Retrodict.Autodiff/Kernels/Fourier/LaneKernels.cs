using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// Arithmetic on single rows. Rows shorter than a vector are masked; longer ones end in a vector that overlaps the one before.
/// </summary>
internal static unsafe class LaneKernels
{
    /// <summary>to = factor from; <paramref name="to"/> may not overlap <paramref name="from"/>.</summary>
    public static void Copy<T>(T* from, T* to, int lanes, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (factor == T.One)
        {
            new ReadOnlySpan<T>(from, lanes).CopyTo(new Span<T>(to, lanes));
            return;
        }

        var f = Vector512.Create(factor);
        for (int at = 0; at < lanes; at += Vector512<T>.Count)
        {
            int q = At<T>(at, lanes);
            Store(f * Load(from + q, lanes), to + q, lanes);
        }
    }

    /// <summary>Complex rows copied one by one.</summary>
    public static void Copy<T>(LaneRows<T> from, LaneRows<T> to, int rows, int lanes, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (lanes == 1)
        {
            for (nint row = 0; row < rows; row++)
            {
                to.Re[row * to.Stride] = factor * from.Re[row * from.Stride];
                to.Im[row * to.Stride] = factor * from.Im[row * from.Stride];
            }

            return;
        }

        for (int row = 0; row < rows; row++)
        {
            Copy(from.Re + (row * from.Stride), to.Re + (row * to.Stride), lanes, factor);
            Copy(from.Im + (row * from.Stride), to.Im + (row * to.Stride), lanes, factor);
        }
    }

    /// <summary>Row n times the complex number n of a table, real and imaginary parts in turn.</summary>
    public static void Multiply<T>(LaneRows<T> from, LaneRows<T> to, int rows, int lanes, ReadOnlySpan<T> table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
        {
            var wr = Vector512.Create(table[2 * row]);
            var wi = Vector512.Create(table[(2 * row) + 1]);
            T* re = from.Re + (row * from.Stride);
            T* im = from.Im + (row * from.Stride);
            T* toRe = to.Re + (row * to.Stride);
            T* toIm = to.Im + (row * to.Stride);
            for (int at = 0; at < lanes; at += Vector512<T>.Count)
            {
                int q = At<T>(at, lanes);
                var a = Load(re + q, lanes);
                var b = Load(im + q, lanes);
                Store(WideVector.FusedMultiplyAdd(a, wr, -(b * wi)), toRe + q, lanes);
                Store(WideVector.FusedMultiplyAdd(a, wi, b * wr), toIm + q, lanes);
            }
        }
    }

    /// <summary>
    /// Two mirrored frequencies a + i b and c + i d are taken apart into the even part (a + c) + i (b - d) and the odd part, which is
    /// rotated by a root (u + i v); both come out joined again. Serves real transforms in both directions: E = factor ((a + c) + i (b -
    /// d)), forward F = (u + i v) ((b + d) + i (c - a)), backward F = (u + i v) (-(b + d) + i (a - c)); first = E + F, mirrored = conj(E -
    /// F).
    /// </summary>
    public static void Untangle<T>(LaneRows<T> from, int k, int mirror, LaneRows<T> to, int lanes, T factor, T u, T v, bool backward)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var f = Vector512.Create(factor);
        var wr = Vector512.Create(backward ? -u : u);
        var wi = Vector512.Create(backward ? -v : v);
        T* firstRe = from.Re + (k * from.Stride);
        T* firstIm = from.Im + (k * from.Stride);
        T* secondRe = from.Re + (mirror * from.Stride);
        T* secondIm = from.Im + (mirror * from.Stride);
        T* toFirstRe = to.Re + (k * to.Stride);
        T* toFirstIm = to.Im + (k * to.Stride);
        T* toSecondRe = to.Re + (mirror * to.Stride);
        T* toSecondIm = to.Im + (mirror * to.Stride);
        for (int at = 0; at < lanes; at += Vector512<T>.Count)
        {
            int q = At<T>(at, lanes);
            var a = Load(firstRe + q, lanes);
            var b = Load(firstIm + q, lanes);
            var c = Load(secondRe + q, lanes);
            var d = Load(secondIm + q, lanes);
            var evenRe = f * (a + c);
            var evenIm = f * (b - d);
            var x = b + d;
            var y = c - a;
            var oddRe = WideVector.FusedMultiplyAdd(x, wr, -(y * wi));
            var oddIm = WideVector.FusedMultiplyAdd(x, wi, y * wr);
            Store(evenRe + oddRe, toFirstRe + q, lanes);
            Store(evenIm + oddIm, toFirstIm + q, lanes);
            Store(evenRe - oddRe, toSecondRe + q, lanes);
            Store(oddIm - evenIm, toSecondIm + q, lanes);
        }
    }

    /// <summary>
    /// <see cref="Untangle{T}"/> for one line: neighboring frequencies fill the vectors, their mirror images are read and written
    /// backwards.
    /// </summary>
    /// <param name="from">Rows of one element, without gaps.</param>
    /// <param name="half">The sum of a frequency and its mirror image.</param>
    /// <param name="to">Rows of one element, without gaps; other memory.</param>
    /// <param name="factor">The even part's factor.</param>
    /// <param name="roots">Factors of the odd part, real and imaginary part in turn, up to half / 2.</param>
    /// <param name="backward">Which way.</param>
    public static void UntangleLine<T>(LaneRows<T> from, int half, LaneRows<T> to, T factor, ReadOnlySpan<T> roots, bool backward)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        var f = Vector512.Create(factor);
        var sign = Vector512.Create(backward ? -T.One : T.One);
        T* spread = stackalloc T[2 * lanes];
        int k = 1;
        for (; 2 * (k + lanes - 1) <= half; k += lanes)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                spread[lane] = roots[2 * (k + lane)];
                spread[lanes + lane] = roots[(2 * (k + lane)) + 1];
            }

            int mirror = half - k - lanes + 1;
            var wr = sign * Vector512.Load(spread);
            var wi = sign * Vector512.Load(spread + lanes);
            var a = Vector512.Load(from.Re + k);
            var b = Vector512.Load(from.Im + k);
            var c = WideVector.Reverse(Vector512.Load(from.Re + mirror));
            var d = WideVector.Reverse(Vector512.Load(from.Im + mirror));
            var evenRe = f * (a + c);
            var evenIm = f * (b - d);
            var x = b + d;
            var y = c - a;
            var oddRe = WideVector.FusedMultiplyAdd(x, wr, -(y * wi));
            var oddIm = WideVector.FusedMultiplyAdd(x, wi, y * wr);
            (evenRe + oddRe).Store(to.Re + k);
            (evenIm + oddIm).Store(to.Im + k);
            WideVector.Reverse(evenRe - oddRe).Store(to.Re + mirror);
            WideVector.Reverse(oddIm - evenIm).Store(to.Im + mirror);
        }

        for (; 2 * k <= half; k++)
        {
            Untangle(from, k, half - k, to, 1, factor, roots[2 * k], roots[(2 * k) + 1], backward);
        }
    }

    /// <summary>sum = factor (a + b), difference = factor (a - b).</summary>
    public static void SumAndDifference<T>(T* a, T* b, T* sum, T* difference, int lanes, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var f = Vector512.Create(factor);
        for (int at = 0; at < lanes; at += Vector512<T>.Count)
        {
            int q = At<T>(at, lanes);
            var x = Load(a + q, lanes);
            var y = Load(b + q, lanes);
            Store(f * (x + y), sum + q, lanes);
            Store(f * (x - y), difference + q, lanes);
        }
    }

    /// <summary>first = u a - v b, second = factor (v a + u b).</summary>
    public static void Turn<T>(T* a, T* b, T* first, T* second, int lanes, T u, T v, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var wr = Vector512.Create(u);
        var wi = Vector512.Create(v);
        var f = Vector512.Create(factor);
        for (int at = 0; at < lanes; at += Vector512<T>.Count)
        {
            int q = At<T>(at, lanes);
            var x = Load(a + q, lanes);
            var y = Load(b + q, lanes);
            Store(WideVector.FusedMultiplyAdd(x, wr, -(y * wi)), first + q, lanes);
            Store(f * WideVector.FusedMultiplyAdd(x, wi, y * wr), second + q, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int At<T>(int at, int lanes) => Math.Min(at, Math.Max(lanes - Vector512<T>.Count, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load<T>(T* from, int lanes)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        lanes >= Vector512<T>.Count ? Vector512.Load(from) : PartialVector.Load(in *from, lanes, Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<T> vector, T* to, int lanes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (lanes >= Vector512<T>.Count)
        {
            vector.Store(to);
        }
        else
        {
            PartialVector.Store(vector, ref *to, lanes);
        }
    }
}

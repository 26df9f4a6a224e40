using Retrodict.Autodiff.Kernels.Fourier;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <content>
/// Fourier, sine and cosine transforms, with NumPy's conventions: forward transforms are plain sums, inverse ones divide by the number of
/// elements. Axes may have any length from 1; lengths whose prime factors are at most 7 are fastest. Axes that are not transformed are
/// samples.
/// </content>
public sealed partial class Value
{
    /// <summary>The discrete Fourier transform: y_k = sum_n exp(-2 pi i n k / N) x_n along each of the axes.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axes">The axes; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist, is named twice or has length 0.</exception>
    public static ComplexValue Fft(ComplexValue value, params ReadOnlySpan<int> axes) =>
        ComplexTransform("fft", value, axes, inverse: false);

    /// <summary>The inverse of <see cref="Fft"/>: x_n = 1/N sum_k exp(2 pi i n k / N) y_k along each of the axes.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axes">The axes; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist, is named twice or has length 0.</exception>
    public static ComplexValue InverseFft(ComplexValue value, params ReadOnlySpan<int> axes) =>
        ComplexTransform("inverse fft", value, axes, inverse: true);

    /// <summary>
    /// The discrete Fourier transform of real data. Along the last of the axes named only the frequencies 0 to N/2 are kept, since the
    /// others are conjugates of these.
    /// </summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axes">The axes in order, the halved one last; none means all.</param>
    /// <returns>A tensor that has N/2 + 1 (rounded down) instead of N elements along the last of the axes.</returns>
    /// <exception cref="ShapeException">An axis does not exist, is named twice or has length 0.</exception>
    public static ComplexValue RealFft(Value value, params ReadOnlySpan<int> axes)
    {
        ArgumentNullException.ThrowIfNull(value);
        int[] over = AxesInOrder("real fft", value.Shape, axes);
        Value[] parts = EmitAll(new RealFourier(over[^1], 1, 1), value);
        return Along(new ComplexValue(parts[0], parts[1]), over.AsSpan(0, over.Length - 1), inverse: false);
    }

    /// <summary>
    /// The inverse of <see cref="RealFft"/>. Along the last of the axes the zero frequency's imaginary part is ignored, and the Nyquist
    /// frequency's (for an even length), as real data has none.
    /// </summary>
    /// <param name="value">The tensor.</param>
    /// <param name="lastLength">The length N of the result along the last of the axes, where <paramref name="value"/> has N/2 + 1
    /// elements.</param>
    /// <param name="axes">The axes in order, the halved one last; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist, is named twice or has length 0, or the length does not fit.</exception>
    public static Value InverseRealFft(ComplexValue value, int lastLength, params ReadOnlySpan<int> axes)
    {
        int[] over = AxesInOrder("inverse real fft", value.Shape, axes);
        ComplexValue spectrum = Along(value, over.AsSpan(0, over.Length - 1), inverse: true);
        return Emit(new InverseRealFourier(over[^1], lastLength, 2, 1.0 / lastLength), spectrum.Real, spectrum.Imaginary);
    }

    /// <summary>
    /// The frequencies of <see cref="Fft"/> in its order, in cycles for the whole axis: 0, 1, ..., then the negative ones up to -1.
    /// </summary>
    /// <param name="length">The axis's length.</param>
    public static double[] FftFrequencies(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return [.. Enumerable.Range(0, length).Select(k => (double)(2 * (long)k < length ? k : k - length))];
    }

    /// <summary>The frequencies of <see cref="RealFft"/> along its last axis, in cycles for the whole axis: 0, 1, ..., N/2.</summary>
    /// <param name="length">The real axis's length N.</param>
    public static double[] RealFftFrequencies(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return [.. Enumerable.Range(0, (length / 2) + 1).Select(k => (double)k)];
    }

    /// <summary>
    /// A cosine transform along each of the axes, with SciPy's conventions (n is an axis's length): type 1: y_k = x_0 + (-1)^k x_(n-1) + 2
    /// sum_(0&lt;j&lt;n-1) x_j cos(pi j k / (n - 1)); type 2: y_k = 2 sum_j x_j cos(pi (2 j + 1) k / 2n); type 3: y_k = x_0 + 2
    /// sum_(j&gt;0) x_j cos(pi j (2 k + 1) / 2n). Orthonormal transforms are rescaled versions of these: type 1 is then its own inverse,
    /// type 3 the inverse of type 2. Otherwise the product with the inverse's type is 2 (n - 1) for type 1 and 2 n for types 2 and 3.
    /// </summary>
    /// <param name="value">The tensor.</param>
    /// <param name="type">1, 2 or 3.</param>
    /// <param name="orthonormal">Whether to scale so that the transform is an orthogonal matrix.</param>
    /// <param name="axes">The axes; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist, is named twice or is too short (type 1 needs two elements).</exception>
    public static Value CosineTransform(Value value, int type, bool orthonormal, params ReadOnlySpan<int> axes)
    {
        ArgumentNullException.ThrowIfNull(value);
        SineCosineKind kind = type switch
        {
            1 => SineCosineKind.Cosine1,
            2 => SineCosineKind.Cosine2,
            3 => SineCosineKind.Cosine3,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Cosine transforms have the types 1, 2 and 3."),
        };
        foreach (int axis in AxesInOrder("cosine transform", value.Shape, axes))
        {
            value = AlongOne(value, axis, kind, orthonormal);
        }

        return value;
    }

    /// <summary>
    /// A sine transform along each of the axes, with SciPy's conventions (n is an axis's length): type 1: y_k = 2 sum_j x_j sin(pi (j + 1)
    /// (k + 1) / (n + 1)); type 2: y_k = 2 sum_j x_j sin(pi (2 j + 1) (k + 1) / 2n); type 3: y_k = (-1)^k x_(n-1) + 2 sum_(j&lt;n-1) x_j
    /// sin(pi (j + 1) (2 k + 1) / 2n). Orthonormal transforms are rescaled versions of these: type 1 is then its own inverse, type 3 the
    /// inverse of type 2. Otherwise the product with the inverse's type is 2 (n + 1) for type 1 and 2 n for types 2 and 3. Type 1
    /// diagonalizes the second difference with zero boundary values.
    /// </summary>
    /// <param name="value">The tensor.</param>
    /// <param name="type">1, 2 or 3.</param>
    /// <param name="orthonormal">Whether to scale so that the transform is an orthogonal matrix.</param>
    /// <param name="axes">The axes; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist, is named twice or has length 0.</exception>
    public static Value SineTransform(Value value, int type, bool orthonormal, params ReadOnlySpan<int> axes)
    {
        ArgumentNullException.ThrowIfNull(value);
        SineCosineKind kind = type switch
        {
            1 => SineCosineKind.Sine1,
            2 => SineCosineKind.Sine2,
            3 => SineCosineKind.Sine3,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Sine transforms have the types 1, 2 and 3."),
        };
        foreach (int axis in AxesInOrder("sine transform", value.Shape, axes))
        {
            value = AlongOne(value, axis, kind, orthonormal);
        }

        return value;
    }

    private static ComplexValue ComplexTransform(string user, ComplexValue value, ReadOnlySpan<int> axes, bool inverse) =>
        Along(value, AxesInOrder(user, value.Shape, axes), inverse);

    private static ComplexValue Along(ComplexValue value, ReadOnlySpan<int> axes, bool inverse)
    {
        foreach (int axis in axes)
        {
            Value[] parts = EmitAll(
                new ComplexFourier(axis, inverse, inverse ? 1.0 / Math.Max(value.Shape[axis], 1) : 1), value.Real, value.Imaginary);
            value = new ComplexValue(parts[0], parts[1]);
        }

        return value;
    }

    /// <summary>The kernel's sums have no weights; the conventions' weights at the ends multiply before or after.</summary>
    private static Value AlongOne(Value value, int axis, SineCosineKind kind, bool orthonormal)
    {
        int n = Math.Max(value.Shape[axis], 1);
        double root = Math.Sqrt(0.5);
        switch (kind)
        {
            case SineCosineKind.Sine1:
                return Emit(new SineCosine(axis, kind, orthonormal ? Math.Sqrt(2.0 / (n + 1)) : 2), value);
            case SineCosineKind.Cosine1 when orthonormal:
                value = Emit(
                    new SineCosine(axis, kind, Math.Sqrt(2.0 / Math.Max(n - 1, 1))), value * Weights(value.Shape, axis, root, root));
                return value * Weights(value.Shape, axis, root, root);
            case SineCosineKind.Cosine1:
                return Emit(new SineCosine(axis, kind, 2), value * Weights(value.Shape, axis, 0.5, 0.5));
            case SineCosineKind.Cosine2 or SineCosineKind.Sine2 when !orthonormal:
                return Emit(new SineCosine(axis, kind, 2), value);
        }

        double edge = orthonormal ? root : 0.5;
        Value weights = kind is SineCosineKind.Cosine2 or SineCosineKind.Cosine3
            ? Weights(value.Shape, axis, edge, null)
            : Weights(value.Shape, axis, null, edge);
        var transform = new SineCosine(axis, kind, orthonormal ? Math.Sqrt(2.0 / n) : 2);
        return kind is SineCosineKind.Cosine2 or SineCosineKind.Sine2 ? Emit(transform, value) * weights : Emit(transform, value * weights);
    }

    /// <summary>Ones along an axis but for its ends.</summary>
    private static Value Weights(Shape shape, int axis, double? first, double? last)
    {
        var weights = new double[shape[axis]];
        Array.Fill(weights, 1);
        if (weights.Length > 0)
        {
            weights[0] = first ?? weights[0];
            weights[^1] = last ?? weights[^1];
        }

        return Constant(weights, Shape.Of([shape[axis], .. Enumerable.Repeat(1, shape.Rank - 1 - axis)]));
    }

    private static int[] AxesInOrder(string user, Shape shape, ReadOnlySpan<int> axes)
    {
        int[] over = axes.IsEmpty ? [.. Enumerable.Range(0, shape.Rank)] : new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            over[i] = shape.NormalizeAxis(user, axes[i]);
            if (over.AsSpan(0, i).Contains(over[i]))
            {
                throw new ShapeException($"{user}: axis {over[i]} of {shape} is named twice.");
            }
        }

        return over.Length > 0 ? over : throw new ShapeException($"{user}: a scalar has no axis to transform.");
    }
}

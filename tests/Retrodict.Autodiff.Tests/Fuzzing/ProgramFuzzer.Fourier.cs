namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>Fourier, sine and cosine transforms.</content>
internal sealed partial class ProgramFuzzer
{
    /// <summary>A transform along some of the axes that have elements; bounds follow from the number of terms.</summary>
    private Bounded Transformed(Bounded x)
    {
        int[] axes = [.. Enumerable.Range(0, x.Shape.Rank).Where(axis => x.Shape[axis] > 0)];
        if (axes.Length == 0)
        {
            x = As([_random.Next(1, 4), _random.Next(1, 9)]);
            axes = [0, 1];
        }

        _random.Shuffle(axes);
        axes = axes[.._random.Next(1, axes.Length + 1)];
        int terms = axes.Aggregate(1, (product, axis) => product * x.Shape[axis]);
        switch (_random.Next(7))
        {
            case 0:
                return Part(
                    Value.Fft(new ComplexValue(x.Value, As(x.Shape).Within(_random).Value), axes),
                    2 * terms * Math.Max(x.Bound, Bounded.Limit));
            case 1:
                return Part(
                    Value.InverseFft(new ComplexValue(As(x.Shape).Within(_random).Value, x.Value), axes),
                    2 * Math.Max(x.Bound, Bounded.Limit));
            case 2:
                return Part(Value.RealFft(x.Value, axes), terms * x.Bound);
            case 3:
                int half = x.Shape[axes[^1]];
                int length = half == 1 ? 1 : (2 * half) - 1 - _random.Next(2);
                var spectrum = new ComplexValue(x.Value, As(x.Shape).Within(_random).Value);
                return new(Value.InverseRealFft(spectrum, length, axes), 4 * Math.Max(x.Bound, Bounded.Limit));
            case 4:
                return new(
                    Value.InverseRealFft(Value.RealFft(x.Value, axes) * new ComplexValue(0.6, -0.8), x.Shape[axes[^1]], axes),
                    2 * terms * x.Bound);
            case 5:
                return new(
                    Value.SineTransform(x.Value, _random.Next(1, 4), _random.Next(2) == 0, axes),
                    Math.Pow(2, axes.Length) * terms * x.Bound);
            default:
                axes = [.. axes.Where(axis => x.Shape[axis] > 1)];
                return axes.Length == 0 ? x : new(
                    Value.CosineTransform(x.Value, _random.Next(1, 4), _random.Next(2) == 0, axes),
                    Math.Pow(2, axes.Length) * terms * x.Bound);
        }
    }

    private Bounded Part(ComplexValue y, double bound) => _random.Next(3) switch
    {
        0 => new(y.Real, bound),
        1 => new(y.Imaginary, bound),
        _ => new(y.Real - y.Imaginary, 2 * bound),
    };
}

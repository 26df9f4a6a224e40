using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>Elementwise operations.</content>
internal sealed partial class ProgramFuzzer
{
    private Bounded Unary(Bounded x)
    {
        Value v = x.Value;
        double b = x.Bound;
        return _random.Next(20) switch
        {
            0 => new(Value.Sin(v), 1),
            1 => new(Value.Cos(v), 1),
            2 => new(Value.Tanh(v), 1),
            3 => new(Value.Sigmoid(v), 1),
            4 => new(Value.Softplus(v), b + 0.7),
            5 => new(Value.Atan(v), 1.6),
            6 => new(Value.Exp(0.5 * v), Math.Exp(0.5 * b)),
            7 => new(Value.ExpM1(0.5 * v), Math.Exp(0.5 * b)),
            8 => new(Value.Log(1 + (v * v)), Math.Log(1 + (b * b))),
            9 => new(Value.LogP1(0.5 + Value.Square(v)), Math.Log(1.5 + (b * b))),
            10 => new(Value.Sqrt(0.6 + (v * v)), b + 0.8),
            11 => new(Value.Reciprocal(1 + (v * v)), 1),
            12 => new(-v, b),
            13 => new(Value.Pow(v, 2), b * b),
            14 => new(Value.Pow(1.3 + (v * v), _random.Next(2) == 0 ? -1.5 : 0.7), Math.Max(1, 1.3 + (b * b))),
            15 => new(Value.Pow(v, 3), b * b * b),
            16 => new(Value.Tan(0.3 * v), 1.4),
            17 => new(Value.Sinh(0.5 * v), Math.Exp(0.5 * b)),
            18 => new((2 * v) - 0.5, (2 * b) + 0.5),
            _ => new(1 / (2 + Value.Sin(v)), 1),
        };
    }

    /// <summary>Two values whose shapes broadcast together.</summary>
    private (Bounded Left, Bounded Right) Pair()
    {
        Bounded left = Any();
        if (_random.Next(4) == 0)
        {
            return (left, left);
        }

        // The right side's shape: the left's with some lengths 1, some leading axes away, or one more in front.
        int[] lengths = [.. left.Shape.Lengths];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            lengths[axis] = _random.Next(3) == 0 ? 1 : lengths[axis];
        }

        lengths = lengths[(_random.Next(2) * _random.Next(lengths.Length + 1))..];
        if (lengths.Length == left.Shape.Rank && lengths.Length < 3 && _random.Next(4) == 0)
        {
            lengths = [_random.Next(1, 4), .. lengths];
        }

        Bounded right = As(Shape.Of(lengths));
        return _random.Next(2) == 0 ? (left, right) : (right, left);
    }

    private Bounded Binary()
    {
        (Bounded l, Bounded r) = Pair();
        (Value x, Value y) = (l.Value, r.Value);
        return _random.Next(8) switch
        {
            0 => new(x + y, l.Bound + r.Bound),
            1 => new(x - y, l.Bound + r.Bound),
            2 or 3 => new(x * y, l.Bound * r.Bound),
            4 => new(x / (1.5 + Value.Cos(y)), 2 * l.Bound),
            5 => new(x / (0.7 + (y * y)), 1.5 * l.Bound),
            6 => new(Value.ChainMultiply(x, y), l.Bound * r.Bound),
            _ => new(Value.Pow(1.5 + Value.Tanh(x), y), Math.Pow(2.5, r.Bound)),
        };
    }

    /// <summary>Functions with kinks, on arguments at least 1 away from them.</summary>
    private Bounded Kinked(Bounded x)
    {
        Value far = Pattern(x.Shape, -4, 4);
        Value v = x.Value;
        return _random.Next(8) switch
        {
            0 => new(Value.Abs(v + far) - 4, x.Bound),
            1 => new(Value.LeakyRelu(v + far, 0.2) - (0.3 * far), 4 + x.Bound),
            2 => new(Value.Relu(v + far) * 0.3, 0.3 * (4 + x.Bound)),
            3 => new(v * Value.Sign(Value.Sin(v) + far), x.Bound),
            4 => new(Value.Floor(0.5 + (0.1 * Value.Sin(v)) + far) * 0.2 * v, x.Bound),
            5 => new(Value.Max(v, far) * 0.5, 2),
            6 => new(Value.Min(far, v) * 0.5, 2),
            _ => new(Value.Clamp(v, Pattern(x.Shape, -9, 5), Pattern(x.Shape, 9, 5)), 9),
        };
    }

    private Bounded Choice()
    {
        (Bounded l, Bounded r) = Pair();
        (Value x, Value y) = (l.Value, r.Value);
        Value far = Pattern(l.Shape, -8, 8);
        Value mask = _random.Next(5) switch
        {
            0 => x + far < y,
            1 => x + far > y,
            2 => x + far <= y,
            3 => Value.NotEqualTo(Value.Sign(x + far), 1),
            _ => Pattern(l.Shape, 0, 1),
        };
        Value other = _random.Next(3) switch
        {
            // Infinite or NaN where it is not taken.
            0 => Value.Log(Value.Select(mask, 0, 1.5 + Value.Sin(y))),
            1 => Value.Sqrt(Value.Select(mask, -1, 1 + (y * y))),
            _ => y,
        };
        return new(Value.Select(mask, x, other), Math.Max(l.Bound, 1 + r.Bound));
    }
}

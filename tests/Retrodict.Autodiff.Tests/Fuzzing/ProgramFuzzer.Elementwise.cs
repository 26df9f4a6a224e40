using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>Elementwise operations.</content>
internal sealed partial class ProgramFuzzer
{
    /// <summary>The rows of the table whose derivatives are true ones.</summary>
    public static Operation[] TableRows { get; } = [.. Operations.All.Where(operation => operation.HasTrueDerivatives)];

    /// <summary>Any row of the table of operations on values of the program that are moved into its domains.</summary>
    private Bounded Operated()
    {
        Operation operation = TableRows[_random.Next(TableRows.Length)];
        Bounded[] operands = operation.Arity == 1 ? [Any()] : [.. Several(operation.Arity)];
        return new(operation.Apply([.. operands.Zip(operation.Domains, Moved)]), operation.Bound);
    }

    /// <summary>A value brought near the centers of a domain, each element to one of them at random.</summary>
    private Value Moved(Bounded x, Domain domain)
    {
        Value near = x.Value * (domain.Radius / Math.Max(x.Bound, 1));
        return domain.Centers is [0] ? near : near + Pattern(x.Shape, domain.Centers);
    }

    private IEnumerable<Bounded> Several(int count)
    {
        (Bounded left, Bounded right) = Pair();
        return [left, right, .. Enumerable.Range(2, count - 2).Select(_ => As(right.Shape))];
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

    /// <summary>Operations one inside the other, whose arguments reach further than the domains of the table.</summary>
    private Bounded Composed(Bounded x)
    {
        Value v = x.Value;
        double b = x.Bound;
        Value far = Pattern(x.Shape, -4, 4);
        return _random.Next(16) switch
        {
            0 => new(Value.Exp(0.5 * v), Math.Exp(0.5 * b)),
            1 => new(Value.Log(1 + (v * v)), Math.Log(1 + (b * b))),
            2 => new(Value.LogP1(0.5 + Value.Square(v)), Math.Log(1.5 + (b * b))),
            3 => new(Value.Sqrt(0.6 + (v * v)), b + 0.8),
            4 => new(Value.Reciprocal(1 + (v * v)), 1),
            5 => new(Value.Pow(v, 2 + _random.Next(2)), Math.Max(b * b, b * b * b)),
            6 => new(Value.Pow(1.3 + (v * v), _random.Next(2) == 0 ? -1.5 : 0.7), Math.Max(1, 1.3 + (b * b))),
            7 => new((2 * v) - 0.5, (2 * b) + 0.5),
            8 => new(1 / (2 + Value.Sin(v)), 1),
            9 => new(Value.Softplus(v), b + 0.7),
            10 => new(Value.Abs(v + far) - 4, b),
            11 => new(Value.LeakyRelu(v + far, 0.2) - (0.3 * far), 4 + b),
            12 => new(v * Value.Sign(Value.Sin(v) + far), b),
            13 => new(Value.Floor(0.5 + (0.1 * Value.Sin(v)) + far) * 0.2 * v, b),
            14 => new(Value.Max(v, far) * 0.5, 2),
            _ => new(Value.Clamp(v, Pattern(x.Shape, -9, 5), Pattern(x.Shape, 9, 5)), 9),
        };
    }

    /// <summary>Arithmetic of two values as they are.</summary>
    private Bounded Combined()
    {
        (Bounded l, Bounded r) = Pair();
        (Value x, Value y) = (l.Value, r.Value);
        return _random.Next(7) switch
        {
            0 => new(x + y, l.Bound + r.Bound),
            1 => new(x - y, l.Bound + r.Bound),
            2 or 3 => new(x * y, l.Bound * r.Bound),
            4 => new(x / (1.5 + Value.Cos(y)), 2 * l.Bound),
            5 => new(x / (0.7 + (y * y)), 1.5 * l.Bound),
            _ => new(Value.Pow(1.5 + Value.Tanh(x), y), Math.Pow(2.5, r.Bound)),
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

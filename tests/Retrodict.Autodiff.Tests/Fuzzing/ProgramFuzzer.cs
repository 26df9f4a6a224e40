using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <summary>
/// Builds random programs: the same program for the same seed, and a prefix of it for fewer steps. Values stay within
/// <see cref="Bounded.Limit"/>; functions with kinks get arguments that a constant pattern moves far to one side or the other, poles are
/// shifted away, and matrices are well conditioned.
/// </summary>
internal sealed partial class ProgramFuzzer
{
    private const int LargestValue = 96;
    private const int HighestRank = 6;

    private readonly Random _random;
    private readonly List<Bounded> _pool = [];
    private readonly int _depth;

    private ProgramFuzzer(Random random, int depth)
    {
        _random = random;
        _depth = depth;
    }

    /// <summary>A program of several inputs and outputs.</summary>
    /// <param name="seed">Which program.</param>
    /// <param name="steps">Operations at most; fewer give a prefix. Negative for as many as the seed says.</param>
    public static Subject Program(int seed, int steps = -1) => Program(new Random(seed), depth: 0, steps);

    /// <summary>How many operations the seed's program has.</summary>
    public static int Steps(int seed) => StepCount(new Random(seed), 0);

    private static int StepCount(Random random, int depth) => depth == 0 ? random.Next(3, 15) : random.Next(1, 5);

    private static Subject Program(Random random, int depth, int steps)
    {
        int count = StepCount(random, depth);
        count = steps < 0 ? count : Math.Min(steps, count);
        var fuzzer = new ProgramFuzzer(random, depth);
        (string, Shape)[] inputs =
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => (((char)('a' + i)).ToString(), fuzzer.RandomShape()))];
        Function function = Function.Trace(inputs, values => fuzzer.Body(values, count), depth == 0 ? "fuzz" : "inner");
        return new Subject(function, [.. inputs.Select(_ => Domain.Plain)]);
    }

    private List<(string, Value)> Body(ValueList inputs, int steps)
    {
        _pool.AddRange(inputs.Select(input => new Bounded(input, 1.5)));
        for (int step = 0; step < steps; step++)
        {
            Bounded next = Step().Within(_random);
            if (next.Shape.ElementCount <= LargestValue && next.Shape.Rank <= HighestRank)
            {
                _pool.Add(next);
            }
        }

        // The last values, and the first that are not outputs yet through a sum, so that most of the program is alive.
        int outputs = Math.Min(_pool.Count, 1 + (steps % 3));
        var results = new List<(string, Value)>(_pool[^outputs..].Select((value, i) => ($"y{i}", value.Value)));
        if (_pool.Count > outputs + 1)
        {
            Value sum = 0;
            foreach (Bounded value in _pool[..^outputs].Where(value => value.Shape.ElementCount > 0))
            {
                sum += value.Value.Mean();
            }

            results.Add(("rest", sum));
        }

        return results;
    }

    private Bounded Step() => _random.Next(_depth == 0 ? 26 : 18) switch
    {
        0 or 1 or 2 => Operated(),
        3 or 4 => Combined(),
        5 or 6 => Composed(Any()),
        7 => Choice(),
        8 or 9 or 10 => Rearranged(Any()),
        11 or 12 => Reduced(Any()),
        13 or 14 => Contracted(Any(), Any()),
        15 => _random.Next(2) == 0 ? Solved() : MatrixFunction(),
        16 => Transformed(Any()),
        17 => Imaged(),
        18 => OwnRule(),
        19 or 20 => Looped(),
        21 => Rooted(),
        _ => Nested(),
    };

    /// <summary>A value of the program, late ones more often.</summary>
    private Bounded Any() => _pool[Math.Max(_random.Next(_pool.Count), _random.Next(_pool.Count))];

    private Shape RandomShape() =>
        Shape.Of([.. Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(12) == 0 ? 0 : _random.Next(1, 5))]);

    /// <summary>A value made to have a given shape, by repeating its elements in a random order.</summary>
    private Bounded As(Shape shape)
    {
        Bounded[] filled = [.. _pool.Where(value => value.Shape.ElementCount > 0)];
        if (filled.Length == 0)
        {
            return new Bounded(Value.Full(0.5, shape), 0.5);
        }

        Bounded value = filled[_random.Next(filled.Length)];
        int[] positions = [.. Enumerable.Range(0, shape.ElementCount).Select(_ => _random.Next(value.Shape.ElementCount))];
        return new Bounded(value.Value.Flatten().Gather(0, positions).Reshape(shape), value.Bound);
    }

    /// <summary>A constant whose elements are drawn from a few.</summary>
    private Value Pattern(Shape shape, params double[] elements) =>
        Value.Constant(Domain.Generate(shape.ElementCount, () => elements[_random.Next(elements.Length)]), shape);

    private Bounded Nested()
    {
        Subject inner = Program(_random, _depth + 1, -1);
        Function function = inner.Function;
        function = _random.Next(7) switch
        {
            0 => function.Jvp(),
            1 => function.Vjp(),
            2 => function.Batch(2, [function.Inputs[_random.Next(function.Inputs.Count)].Name]),
            3 => function.Simplify(),
            4 => SecondOrderLaw.Scalar(function).Gradient(),
            5 => function.Batch(3).Vjp(),
            _ => function,
        };
        Value[] results = function.Apply([.. function.Inputs.Select(input => As(input.Shape).Within(_random).Value)]);

        // Derivatives have no bound known here: squash.
        Value result = results[_random.Next(results.Length)];
        return new Bounded(Value.Tanh(0.3 * result), 1);
    }
}

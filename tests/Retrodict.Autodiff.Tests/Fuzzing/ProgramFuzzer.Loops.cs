namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>Loops over random bodies, and implicit equations; both use values of the program around them.</content>
internal sealed partial class ProgramFuzzer
{
    private Bounded Looped()
    {
        int length = _random.Next(6);
        Bounded outside = Small();
        Bounded start = Small();
        Value sequence = As(Shape.Of([length, 2])).Within(_random).Value;
        Function body = Program(_random, _depth + 1, -1).Function;
        var options = new LoopOptions { Backward = _random.Next(2) == 0, Checkpoint = _random.Next(3) == 0 };
        int source = _random.Next(3);
        (Value[] carry, Value[] outputs) = Value.Scan(
            length, [Value.Tanh(start.Value), Value.Full(0.2, 2)], [sequence],
            (c, x) =>
            {
                Value[] sources = [c[0], x[0], Value.Tanh(outside.Value)];
                Value[] results = body.Apply([.. body.Inputs.Select((input, i) => Fit(sources[(i + source) % 3], input.Shape))]);
                Value next = Value.Tanh((0.4 * Fit(Value.Tanh(0.3 * results[0]), start.Shape)) + (0.5 * c[0]));
                return ([next, 0.5 * (c[1] + x[0])], [Value.Tanh(0.3 * results[^1]), c[1] * x[0]]);
            },
            options);
        Value[] all = [carry[0], carry[1], outputs[0], outputs[1]];
        return new Bounded(all[_random.Next(all.Length)], 1.5);
    }

    private Bounded Rooted()
    {
        Bounded outside = Small();
        Value target = Value.Tanh(As(outside.Shape).Value);
        Value factor = 1 + Value.Square(Value.Tanh(outside.Value));
        var options = new RootOptions { Tolerance = 1e-13, Krylov = _random.Next(2) == 0 ? new KrylovOptions() : null };
        return new Bounded(Value.Root(target, u => (factor * u) + (0.3 * Value.Sin(u.Reverse() + outside.Value)) - target, options), 1.3);
    }

    /// <summary>A value of few elements, at least one.</summary>
    private Bounded Small()
    {
        Bounded[] small = [.. _pool.Where(value => value.Shape.ElementCount is > 0 and <= 12 && value.Shape.Rank <= 3)];
        return small.Length == 0 ? As(2) : small[_random.Next(small.Length)].Within(_random);
    }

    /// <summary>A value's elements, repeated in order, in another shape.</summary>
    private static Value Fit(Value value, Shape shape) => value.Shape.ElementCount == 0
        ? Value.Full(0.5, shape)
        : value.Flatten().Gather(0, [.. Enumerable.Range(0, shape.ElementCount).Select(i => i % value.Shape.ElementCount)]).Reshape(shape);
}

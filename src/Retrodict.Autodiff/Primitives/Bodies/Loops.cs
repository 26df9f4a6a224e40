using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <summary>Traces the bodies of loops and cuts loops into segments for checkpointing.</summary>
internal static class Loops
{
    public static (Value[] Carry, Value[] Outputs) Scan(
        int length, Value[] carry, Value[] sequences, Func<Value[], Value[], (Value[] Carry, Value[] Outputs)> body, LoopOptions options)
    {
        foreach ((int i, Value sequence) in sequences.Index())
        {
            if (sequence.Rank == 0 || sequence.Shape[0] != length)
            {
                throw new ShapeException(
                    $"scan: sequence {i} has shape {sequence.Shape}; its first axis must have the loop's length, {length}.");
            }
        }

        (Function function, Value[] captured) = TraceBody(carry, sequences, body);
        int segment = options.Checkpoint ? (int)Math.Ceiling(Math.Sqrt(length)) : length;
        if (segment is 0 or 1 || segment == length)
        {
            return Emit(function, length, options.Backward, captured, carry, sequences);
        }

        // Whole segments in a loop of their own, then (or, backward, before) the rest.
        int whole = length / segment;
        int rest = length % segment;
        int wholeStart = options.Backward ? rest : 0;
        int restStart = options.Backward ? 0 : whole * segment;
        Function inner = Segment(function, segment, options.Backward, captured.Length, carry.Length);
        Value[] grouped =
            [.. sequences.Select(s => Part(s, wholeStart, whole * segment).Reshape(Shape.Of([whole, segment, .. s.Shape.Lengths[1..]])))];
        (carry, Value[] outputs) = Emit(inner, whole, options.Backward, captured, carry, grouped);
        outputs = [.. outputs.Select(o => o.Reshape(Shape.Of([whole * segment, .. o.Shape.Lengths[2..]])))];
        if (rest > 0)
        {
            Function last = Segment(function, rest, options.Backward, captured.Length, carry.Length);
            Value[] results = last.Apply([.. captured, .. carry, .. sequences.Select(s => Part(s, restStart, rest))]);
            carry = results[..carry.Length];
            outputs = [.. outputs.Select((o, i) => options.Backward
                ? Value.Concatenate(0, results[carry.Length + i], o)
                : Value.Concatenate(0, o, results[carry.Length + i]))];
        }

        return (carry, outputs);
    }

    private static Value Part(Value sequence, int start, int length) =>
        length == sequence.Shape[0] ? sequence : sequence.Slice(0, start, start + length);

    private static (Value[] Carry, Value[] Outputs) Emit(
        Function body, int length, bool backward, Value[] constants, Value[] carry, Value[] sequences)
    {
        Value[] results = Primitives.Scan.Emit(body, length, backward, constants, carry, sequences);
        return (results[..carry.Length], results[carry.Length..]);
    }

    /// <summary>The body of a loop over segments: one segment, recomputed when it is linearized.</summary>
    private static Function Segment(Function body, int length, bool backward, int constants, int carries)
    {
        (string, Shape)[] inputs =
            [.. body.Inputs.Select((input, i) => (input.Name, i < constants + carries ? input.Shape : input.Shape.Prepend(length)))];
        Function loop = Function.Trace(
            inputs,
            v =>
            {
                Value[] results = Primitives.Scan.Emit(
                    body, length, backward, [.. v.Take(constants)], [.. v.Skip(constants).Take(carries)], [.. v.Skip(constants + carries)]);
                return [.. results.Select((value, i) => (body.Outputs[i].Name, value))];
            },
            "segment");
        return Function.Trace(
            inputs, v => [.. Value.EmitAll(new Recomputed(loop), [.. v]).Select((value, i) => (loop.Outputs[i].Name, value))], "segment");
    }

    private static (Function Body, Value[] Captured) TraceBody(
        Value[] carry, Value[] sequences, Func<Value[], Value[], (Value[] Carry, Value[] Outputs)> body)
    {
        Tracer tracer = Tracer.ForBody();
        Value[] innerCarry = [.. carry.Select((value, i) => tracer.AddInput($"carry.{i}", value.Shape))];
        Value[] slices = [.. sequences.Select((value, i) => tracer.AddInput($"x.{i}", Shape.Of(value.Shape.Lengths[1..])))];
        Function function = tracer.Run(() =>
        {
            (Value[] next, Value[] outputs) = body(innerCarry, slices);
            if (next is null || outputs is null)
            {
                throw new ArgumentException("scan: the body returned null instead of the next carry and its outputs.");
            }

            if (next.Length != carry.Length)
            {
                throw new ShapeException(
                    $"scan: the body takes {carry.Length} carried tensors and must return as many, but returned {next.Length}.");
            }

            return tracer.Finish(
                "body", [.. next.Select((value, i) => ($"carry.{i}", value)), .. outputs.Select((value, i) => ($"y.{i}", value))]);
        });

        // Captured values are the loop's constants, which come first.
        int declared = carry.Length + sequences.Length;
        int[] order = [.. Enumerable.Range(declared, function.Inputs.Count - declared), .. Enumerable.Range(0, declared)];
        return (function.Restricted(order, [.. Enumerable.Range(0, function.Outputs.Count)]), [.. tracer.Captured]);
    }
}

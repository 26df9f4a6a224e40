using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A function whose linear part recomputes what it needs from the inputs instead of having it handed over: memory for time. Around the
/// segments of a loop this is checkpointing. Plans put the body in place.
/// </summary>
internal sealed record Recomputed(Function Body) : Primitive
{
    public override string Name => "recomputed";

    public override IEnumerable<Function> Bodies => [Body];

    public override string Describe() => $"recomputed[{Body.NodeCount} nodes]";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands) => [.. Body.Outputs.Select(output => output.Shape)];

    public override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents) =>
        Forward(operands, tangents).Tangents;

    public override (Value[] Results, Value?[] Tangents) Forward(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> tangents)
    {
        var tracer = new Tracer();
        Value[] inputs = [.. Body.Inputs.Select((input, i) => tracer.AddInput($"i{i}", input.Shape))];
        Value?[] seeds =
            [.. tangents.ToArray().Select((tangent, i) => tangent is null ? null : tracer.AddInput($"t{i}", Body.Inputs[i].Shape))];
        int[] varying = [];
        Function body = tracer.Run(() =>
        {
            (Value[] values, Value?[] outputTangents) = ForwardMode.Onto(tracer, Body, inputs, seeds);
            varying = [.. Enumerable.Range(0, values.Length).Where(i => outputTangents[i] is not null)];
            return tracer.Finish(
                $"{Body.Name}.jvp", [.. values.Concat(varying.Select(i => outputTangents[i]!)).Select((value, i) => ($"o{i}", value))]);
        });
        Value[] all = Value.EmitAll(new Recomputed(body), [.. operands, .. tangents.ToArray().OfType<Value>()]);
        var resultTangents = new Value?[Body.Outputs.Count];
        foreach ((int i, int output) in varying.Index())
        {
            resultTangents[output] = all[Body.Outputs.Count + i];
        }

        return (all[..Body.Outputs.Count], resultTangents);
    }

    public override Value[]? Separate(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> linear, out bool[]? resultsLinear)
    {
        bool[] mask = linear.ToArray();
        bool[] variables = Transposition.LinearVariables(Separation.Separate(Body, mask), mask);
        Function separated = Separation.Separate(Body, mask);
        bool[] outputsLinear = [.. separated.OutputNumbers.Select(number => variables[number])];
        resultsLinear = outputsLinear;
        int[] known = [.. Enumerable.Range(0, outputsLinear.Length).Where(i => !outputsLinear[i])];
        if (known.Length == 0)
        {
            return null;
        }

        Value[] given = operands.ToArray();
        int[] knownInputs = [.. Enumerable.Range(0, mask.Length).Where(i => !mask[i])];
        int[] linearOutputs = [.. Enumerable.Range(0, outputsLinear.Length).Where(i => outputsLinear[i])];
        var results = new Value[outputsLinear.Length];
        Place(known, Value.EmitAll(
            new Recomputed(DeadCode.Remove(separated.Restricted(knownInputs, known))), [.. knownInputs.Select(i => given[i])]));
        if (linearOutputs.Length > 0)
        {
            int[] all = [.. Enumerable.Range(0, mask.Length)];
            Place(linearOutputs, Value.EmitAll(new Recomputed(DeadCode.Remove(separated.Restricted(all, linearOutputs))), given));
        }

        return results;

        void Place(int[] positions, Value[] values)
        {
            foreach ((int i, int position) in positions.Index())
            {
                results[position] = values[i];
            }
        }
    }

    public override Value?[] Transpose(ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, ReadOnlySpan<Value?> cotangents)
    {
        Value?[] given = operands.ToArray();
        Value?[] seeds = cotangents.ToArray();
        var tracer = new Tracer();
        Value?[] arguments = [.. given.Select((value, i) => value is null ? null : tracer.AddInput($"i{i}", Body.Inputs[i].Shape))];
        Value?[] bodySeeds = [.. seeds.Select((seed, i) => seed is null ? null : tracer.AddInput($"c{i}", Body.Outputs[i].Shape))];
        int[] reached = [];
        Function transposed = tracer.Run(() =>
        {
            (_, Value?[] results) = Transposition.Onto(tracer, Body, arguments, bodySeeds);
            reached = [.. Enumerable.Range(0, results.Length).Where(i => given[i] is null && results[i] is not null)];
            return tracer.Finish($"{Body.Name}.transpose", [.. reached.Select(i => ($"o{i}", results[i]!))]);
        });
        var result = new Value?[given.Length];
        if (reached.Length > 0)
        {
            Value[] values = Value.EmitAll(new Recomputed(transposed), [.. given.OfType<Value>(), .. seeds.OfType<Value>()]);
            foreach ((int i, int input) in reached.Index())
            {
                result[input] = values[i];
            }
        }

        return result;
    }

    public override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.EmitAll(new Recomputed(Batching.Batch(Body, size, batched.ToArray())), operands);

    public override Pruned? Prune(ReadOnlySpan<bool> needed)
    {
        bool[] keep = needed.ToArray();
        bool[] reads = DeadCode.InputsRead(Body, keep);
        int[] inputs = [.. Enumerable.Range(0, reads.Length).Where(i => reads[i])];
        int[] outputs = [.. Enumerable.Range(0, keep.Length).Where(i => keep[i])];
        return new Pruned(new Recomputed(DeadCode.Remove(Body.Restricted(inputs, outputs))), inputs, outputs);
    }

    public override Value[]? Lower(ReadOnlySpan<Value> operands) => Body.Apply(operands);

    public override Step<T> Compile<T>(Storage storage) =>
        throw new InvalidOperationException("A recomputed body is put in place before compilation.");
}

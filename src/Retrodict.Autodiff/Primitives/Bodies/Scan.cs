using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A loop with a traced body: (constants, carry, x_t) to (carry, y_t) for each t, forward or backward in time. Operands are the constants,
/// the first carry and the sequences, whose first axis is time; results are the last carry and the sequences of y.
/// <para>
/// Forward mode is a loop over the body's forward mode, with tangents only for the carries that a fixpoint finds to vary. To transpose it,
/// the loop is separated into one over what is known, which also writes down as sequences what the linear part reads, and one over what is
/// linear; the transpose of the latter runs backward, carrying the cotangents of the carry and the sums of those of the constants.
/// </para>
/// </summary>
internal sealed record Scan(Function Body, int Constants, int Carries, int Length, bool Backward) : Primitive
{
    public override string Name => "scan";

    public override IEnumerable<Function> Bodies => [Body];

    private int Sequences => Body.Inputs.Count - Constants - Carries;

    private int Outputs => Body.Outputs.Count - Carries;

    private int FirstSequence => Constants + Carries;

    public override string Describe() =>
        $"scan[{Length} steps{(Backward ? " backward" : "")}, {Constants} constants, {Carries} carried, {Body.NodeCount} nodes]";

    /// <summary>
    /// Emits a loop whose body is simplified and rid of what depends on constants alone, which is computed once, outside.
    /// </summary>
    public static Value[] Emit(Function body, int length, bool backward, Value[] constants, Value[] carry, Value[] sequences)
    {
        (body, Value[] all) = LoopInvariants.Hoist(Simplification.Simplify(body), constants);
        return Value.EmitAll(new Scan(body, all.Length, carry.Length, length, backward), [.. all, .. carry, .. sequences]);
    }

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            Shape expected = i < FirstSequence ? Body.Inputs[i].Shape : Body.Inputs[i].Shape.Prepend(Length);
            if (operands[i] != expected)
            {
                throw new ShapeException($"scan: the body's input '{Body.Inputs[i].Name}' takes {expected}, but {operands[i]} was given.");
            }
        }

        var results = new Shape[Body.Outputs.Count];
        for (int i = 0; i < results.Length; i++)
        {
            Shape shape = Body.Outputs[i].Shape;
            if (i < Carries && shape != Body.Inputs[Constants + i].Shape)
            {
                throw new ShapeException(
                    $"scan: the carry must keep its shape, but carry {i} goes in as {Body.Inputs[Constants + i].Shape} and comes out as "
                    + $"{shape}.");
            }

            results[i] = i < Carries ? shape : shape.Prepend(Length);
        }

        return results;
    }

    public override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents) =>
        Forward(operands, tangents).Tangents;

    public override (Value[] Results, Value?[] Tangents) Forward(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> tangents)
    {
        bool[] varying = [.. tangents.ToArray().Select(tangent => tangent is not null)];
        (Function body, bool[] outputs) = ForwardBody(varying);
        Value?[] given = tangents.ToArray();
        Value[] primal = operands.ToArray();
        Value[] Tangents(int start, int count) =>
            [.. Enumerable.Range(start, count).Where(i => varying[i]).Select(i => given[i] ?? Value.ZerosLike(primal[i]))];

        Value[] all = Emit(
            body, Length, Backward,
            [.. primal[..Constants], .. Tangents(0, Constants)],
            [.. primal[Constants..FirstSequence], .. Tangents(Constants, Carries)],
            [.. primal[FirstSequence..], .. Tangents(FirstSequence, Sequences)]);
        int carryTangents = varying.AsSpan(Constants, Carries).Count(true);
        var results = new Value[Carries + Outputs];
        var resultTangents = new Value?[results.Length];
        int nextCarry = Carries;
        int nextOutput = Carries + carryTangents + Outputs;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = all[i < Carries ? i : i + carryTangents];
            resultTangents[i] = !outputs[i] ? null : i < Carries ? all[nextCarry++] : all[nextOutput++];
        }

        return (results, resultTangents);
    }

    public override Value[]? Separate(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> linear, out bool[]? resultsLinear)
    {
        bool[] mask = linear.ToArray();
        bool[] bodyLinear;
        Function body;
        while (true)
        {
            body = Separation.Separate(Body, mask);
            bodyLinear = Transposition.LinearVariables(body, mask);
            bool grown = false;
            for (int i = 0; i < Carries; i++)
            {
                if (bodyLinear[body.OutputNumbers[i]] && !mask[Constants + i])
                {
                    mask[Constants + i] = true;
                    grown = true;
                }
            }

            if (!grown)
            {
                break;
            }
        }

        // A carry that is linear keeps its place in the linear loop even where its body's output is a known zero.
        resultsLinear = [.. body.OutputNumbers.Select((number, i) => i < Carries ? mask[Constants + i] : bodyLinear[number])];
        bool[] constant = Transposition.ConstantVariables(body);
        bool knownNodes = body.Nodes.Any(node => !bodyLinear[node.FirstResult] && !constant[node.FirstResult]);
        return !resultsLinear.Contains(false) && !knownNodes
            ? null
            : new ScanSeparation(this, body, mask, bodyLinear, resultsLinear).Emit(operands);
    }

    public override Value?[] Transpose(ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, ReadOnlySpan<Value?> cotangents)
    {
        Value?[] given = operands.ToArray();
        Value?[] seeds = cotangents.ToArray();
        Shape[] operandShapes = shapes.ToArray();
        bool IsLinear(int i) => given[i] is null || (i >= Constants && i < FirstSequence);
        int[] knownConstants = [.. Enumerable.Range(0, Constants).Where(i => !IsLinear(i))];
        int[] linearConstants = [.. Enumerable.Range(0, Constants).Where(IsLinear)];
        int[] knownSequences = [.. Enumerable.Range(FirstSequence, Sequences).Where(i => !IsLinear(i))];
        int[] linearSequences = [.. Enumerable.Range(FirstSequence, Sequences).Where(IsLinear)];
        int[] outputs = [.. Enumerable.Range(Carries, Outputs).Where(i => seeds[i] is not null)];

        Function transposed = TransposedBody(knownConstants, linearConstants, knownSequences, linearSequences, outputs);
        Value[] results = Emit(
            transposed, Length, !Backward,
            [.. knownConstants.Select(i => given[i]!)],
            [.. Enumerable.Range(0, Carries).Select(i => seeds[i] ?? Value.Full(0, Body.Outputs[i].Shape)),
                .. linearConstants.Select(i => Value.Full(0, operandShapes[i]))],
            [.. knownSequences.Select(i => given[i]!), .. outputs.Select(i => seeds[i]!)]);
        var result = new Value?[given.Length];
        for (int i = 0; i < Carries; i++)
        {
            result[Constants + i] = results[i];
        }

        for (int i = 0; i < linearConstants.Length; i++)
        {
            result[linearConstants[i]] = results[Carries + i];
        }

        for (int i = 0; i < linearSequences.Length; i++)
        {
            result[linearSequences[i]] = results[Carries + linearConstants.Length + i];
        }

        return result;
    }

    public override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        bool[] flags = batched.ToArray();
        Function body;
        bool[] outputs;
        while (true)
        {
            (body, outputs) = Batching.Partial(Body, size, flags, i => i < Carries && flags[Constants + i]);
            int missing = Enumerable.Range(0, Carries).FirstOrDefault(i => outputs[i] && !flags[Constants + i], -1);
            if (missing < 0)
            {
                break;
            }

            flags[Constants + missing] = true;
        }

        var moved = new Value[operands.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            Value operand = flags[i] && !batched[i] ? operands[i].BroadcastTo(operands[i].Shape.Prepend(size)) : operands[i];
            moved[i] = i >= FirstSequence && flags[i] ? SwapFirstTwo(operand) : operand;
        }

        Value[] results = Emit(body, Length, Backward, moved[..Constants], moved[Constants..FirstSequence], moved[FirstSequence..]);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = !outputs[i] ? results[i].BroadcastTo(results[i].Shape.Prepend(size))
                : i < Carries ? results[i]
                : SwapFirstTwo(results[i]);
        }

        return results;
    }

    public override Pruned? Prune(ReadOnlySpan<bool> needed)
    {
        // A carry is needed if it is asked for or if a needed output depends on it, over any number of steps.
        bool[] keep = needed.ToArray();
        while (true)
        {
            bool[] reads = DeadCode.InputsRead(Body, keep);
            int missing = Enumerable.Range(0, Carries).FirstOrDefault(i => reads[Constants + i] && !keep[i], -1);
            if (missing < 0)
            {
                bool Kept(int input) => input < Constants || input >= FirstSequence ? reads[input] : keep[input - Constants];
                int[] inputs = [.. Enumerable.Range(0, Body.Inputs.Count).Where(Kept)];
                int[] outputs = [.. Enumerable.Range(0, keep.Length).Where(i => keep[i])];
                if (outputs.Length == keep.Length && inputs.Length == Body.Inputs.Count)
                {
                    return null;
                }

                var smaller = new Scan(
                    DeadCode.Remove(Body.Restricted(inputs, outputs)), inputs.Count(i => i < Constants), outputs.Count(i => i < Carries),
                    Length, Backward);
                return new Pruned(smaller, inputs, outputs);
            }

            keep[missing] = true;
        }
    }

    public override Step<T> Compile<T>(Storage storage) => new ScanStep<T>(storage, Body, Constants, Carries, Length, Backward);

    private static Value SwapFirstTwo(Value value) => value.Permute([1, 0, .. Enumerable.Range(2, value.Rank - 2)]);

    /// <summary>
    /// The body's forward mode. On return <paramref name="varying"/> also marks the carries that come to vary, and the flags say which
    /// outputs do.
    /// </summary>
    private (Function Body, bool[] Outputs) ForwardBody(bool[] varying)
    {
        while (true)
        {
            var tracer = new Tracer();
            var inputs = new Value[Body.Inputs.Count];
            var seeds = new Value?[inputs.Length];
            AddPair(0, Constants);
            AddPair(Constants, Carries);
            AddPair(FirstSequence, Sequences);
            Function? body = null;
            var outputs = new bool[Body.Outputs.Count];
            tracer.Run(() =>
            {
                (Value[] values, Value?[] tangents) = ForwardMode.Onto(tracer, Body, inputs, seeds);
                for (int i = 0; i < outputs.Length; i++)
                {
                    outputs[i] = tangents[i] is not null || (i < Carries && varying[Constants + i]);
                }

                if (!Enumerable.Range(0, Carries).Any(i => outputs[i] && !varying[Constants + i]))
                {
                    IEnumerable<Value> TangentsOf(int start, int count) =>
                        Enumerable.Range(start, count).Where(i => outputs[i]).Select(i => tangents[i] ?? Value.ZerosLike(values[i]));
                    body = tracer.Finish(
                        $"{Body.Name}.jvp",
                        [.. values[..Carries].Concat(TangentsOf(0, Carries)).Concat(values[Carries..]).Concat(TangentsOf(Carries, Outputs))
                            .Select((v, i) => ($"o{i}", v))]);
                }

                return 0;
            });
            if (body is not null)
            {
                return (body, outputs);
            }

            for (int i = 0; i < Carries; i++)
            {
                varying[Constants + i] |= outputs[i];
            }

            void AddPair(int start, int count)
            {
                for (int i = start; i < start + count; i++)
                {
                    inputs[i] = tracer.AddInput($"i{i}", Body.Inputs[i].Shape);
                }

                for (int i = start; i < start + count; i++)
                {
                    seeds[i] = varying[i] ? tracer.AddInput($"t{i}", Body.Inputs[i].Shape) : null;
                }
            }
        }
    }

    private Function TransposedBody(int[] knownConstants, int[] linearConstants, int[] knownSequences, int[] linearSequences, int[] outputs)
    {
        var tracer = new Tracer();
        var arguments = new Value?[Body.Inputs.Count];
        foreach (int i in knownConstants)
        {
            arguments[i] = tracer.AddInput($"i{i}", Body.Inputs[i].Shape);
        }

        Value[] carried = [.. Enumerable.Range(0, Carries).Select(i => tracer.AddInput($"c{i}", Body.Outputs[i].Shape))];
        Value[] sums = [.. linearConstants.Select(i => tracer.AddInput($"s{i}", Body.Inputs[i].Shape))];
        foreach (int i in knownSequences)
        {
            arguments[i] = tracer.AddInput($"i{i}", Body.Inputs[i].Shape);
        }

        var seeds = new Value?[Body.Outputs.Count];
        carried.CopyTo(seeds, 0);
        foreach (int i in outputs)
        {
            seeds[i] = tracer.AddInput($"y{i}", Body.Outputs[i].Shape);
        }

        return tracer.Run(() =>
        {
            (_, Value?[] cotangents) = Transposition.Onto(tracer, Body, arguments, seeds);
            Value Of(int input) => cotangents[input] ?? Value.Full(0, Body.Inputs[input].Shape);
            IEnumerable<Value> results = Enumerable.Range(Constants, Carries).Select(Of)
                .Concat(linearConstants.Select((input, i) => cotangents[input] is { } term ? sums[i] + term : sums[i]))
                .Concat(linearSequences.Select(Of));
            return tracer.Finish($"{Body.Name}.transpose", [.. results.Select((value, i) => ($"o{i}", value))]);
        });
    }
}

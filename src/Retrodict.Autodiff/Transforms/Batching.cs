namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// Adds a sample axis in front of inputs and of everything that depends on them. What does not depend on them stays as it is.
/// </summary>
internal static class Batching
{
    public static (Value[] Outputs, bool[] Batched) Onto(
        Tracer tracer, Function function, ReadOnlySpan<Value> arguments, bool[] flags, int size)
    {
        var values = new Value[function.Shapes.Length];
        var batched = new bool[function.Shapes.Length];
        arguments.CopyTo(values);
        flags.CopyTo(batched, 0);
        foreach (Node node in function.Nodes)
        {
            Value[] operands = Replay.Operands(values, node);
            var operandFlags = new bool[operands.Length];
            bool any = false;
            for (int i = 0; i < operands.Length; i++)
            {
                operandFlags[i] = batched[node.Operands[i]];
                any |= operandFlags[i];
            }

            Replay.Store(values, node, any ? node.Primitive.Batch(operands, operandFlags, size) : tracer.Append(node.Primitive, operands));
            batched.AsSpan(node.FirstResult, node.ResultCount).Fill(any);
        }

        return (Replay.Outputs(values, function), [.. function.OutputNumbers.Select(number => batched[number])]);
    }

    /// <summary>The batched function; all its outputs carry the sample axis.</summary>
    public static Function Batch(Function function, int size, bool[] flags) => Partial(function, size, flags, _ => true).Function;

    /// <summary>
    /// The batched function. Outputs that do not depend on samples carry the sample axis only where asked for; the flags say which do.
    /// </summary>
    public static (Function Function, bool[] Batched) Partial(Function function, int size, bool[] flags, Func<int, bool> force)
    {
        var tracer = new Tracer();
        var inputs = new Value[function.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            Variable input = function.Inputs[i];
            inputs[i] = tracer.AddInput(input.Name, flags[i] ? input.Shape.Prepend(size) : input.Shape);
        }

        return tracer.Run(() =>
        {
            (Value[] outputs, bool[] batched) = Onto(tracer, function, inputs, flags, size);
            for (int i = 0; i < outputs.Length; i++)
            {
                if (!batched[i] && force(i))
                {
                    outputs[i] = outputs[i].BroadcastTo(outputs[i].Shape.Prepend(size));
                    batched[i] = true;
                }
            }

            return (Replay.Finish(tracer, function, outputs).Named($"{function.Name}.batch"), batched);
        });
    }
}

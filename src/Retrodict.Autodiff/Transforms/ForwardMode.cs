namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// Jacobian-vector products: every node is followed by the one that carries its tangent. A null tangent is structurally zero and costs
/// nothing.
/// </summary>
internal static class ForwardMode
{
    public static (Value[] Outputs, Value?[] Tangents) Onto(
        Tracer tracer, Function function, ReadOnlySpan<Value> arguments, ReadOnlySpan<Value?> seeds)
    {
        var values = new Value[function.Shapes.Length];
        var tangents = new Value?[function.Shapes.Length];
        arguments.CopyTo(values);
        seeds.CopyTo(tangents);
        foreach (Node node in function.Nodes)
        {
            Value[] operands = Replay.Operands(values, node);
            var operandTangents = new Value?[operands.Length];
            bool any = false;
            for (int i = 0; i < operands.Length; i++)
            {
                operandTangents[i] = tangents[node.Operands[i]];
                any |= operandTangents[i] is not null;
            }

            if (any)
            {
                (Value[] results, Value?[] resultTangents) = node.Primitive.Forward(operands, operandTangents);
                Replay.Store(values, node, results);
                Replay.Store(tangents, node, resultTangents);
            }
            else
            {
                Replay.Store(values, node, tracer.Append(node.Primitive, operands));
            }
        }

        return (Replay.Outputs(values, function), [.. function.OutputNumbers.Select(number => tangents[number])]);
    }

    public static Function Jvp(Function function, int[] withRespectTo)
    {
        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        var taken = new HashSet<string>(function.Inputs.Select(input => input.Name));
        var seeds = new Value?[inputs.Length];
        foreach (int i in withRespectTo)
        {
            string name = Tracer.UniqueName($"{function.Inputs[i].Name}.tangent", taken);
            taken.Add(name);
            seeds[i] = tracer.AddInput(name, function.Inputs[i].Shape);
        }

        return tracer.Run(() =>
        {
            (Value[] values, Value?[] tangents) = Onto(tracer, function, inputs, seeds);
            var names = new HashSet<string>(function.Outputs.Select(output => output.Name));
            var outputs = new List<(string, Value)>(function.Outputs.Select((output, i) => (output.Name, values[i])));
            for (int i = 0; i < tangents.Length; i++)
            {
                string name = Tracer.UniqueName($"{function.Outputs[i].Name}.tangent", names);
                names.Add(name);
                outputs.Add((name, tangents[i] ?? Value.ZerosLike(values[i])));
            }

            return tracer.Finish($"{function.Name}.jvp", outputs);
        });
    }
}

namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// The transpose of a program that is linear in some of its inputs. Nodes that do not depend on those are known and replayed forward; the
/// others are walked backward, each handing its results' cotangents to its linear operands.
/// </summary>
internal static class Transposition
{
    /// <param name="tracer">The trace to write to.</param>
    /// <param name="function">The program.</param>
    /// <param name="arguments">Values of the known inputs, null for the linear ones.</param>
    /// <param name="seeds">Cotangents of the outputs; null where an output is not to be transposed.</param>
    /// <returns>Values of the known outputs (null for linear ones), and cotangents of the linear inputs (null where structurally
    /// zero).</returns>
    public static (Value?[] Outputs, Value?[] Cotangents) Onto(Tracer tracer, Function function, Value?[] arguments, Value?[] seeds)
    {
        function = Separation.Separate(function, [.. arguments.Select(argument => argument is null)]);
        Node[] nodes = function.Nodes;
        var known = new Value?[function.Shapes.Length];
        arguments.CopyTo(known, 0);
        bool[] linear = LinearVariables(function, [.. arguments.Select(argument => argument is null)]);
        var isLinearNode = new bool[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            isLinearNode[i] = linear[nodes[i].FirstResult];
            if (!isLinearNode[i])
            {
                Replay.Store(known, nodes[i], tracer.Append(nodes[i].Primitive, Replay.Operands(known!, nodes[i])));
            }
        }

        var cotangents = new Value?[function.Shapes.Length];
        for (int i = 0; i < seeds.Length; i++)
        {
            if (linear[function.OutputNumbers[i]])
            {
                Accumulate(cotangents, function.OutputNumbers[i], seeds[i]);
            }
        }

        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            Node node = nodes[i];
            if (isLinearNode[i] && cotangents.AsSpan(node.FirstResult, node.ResultCount).ContainsAnyExcept((Value?)null))
            {
                Value?[] operands = Replay.Operands(known!, node);
                Shape[] shapes = [.. node.Operands.Select(operand => function.Shapes[operand])];
                Value?[] contributions = node.Primitive.Transpose(operands, shapes, cotangents.AsSpan(node.FirstResult, node.ResultCount));
                for (int operand = 0; operand < operands.Length; operand++)
                {
                    if (operands[operand] is null)
                    {
                        Accumulate(cotangents, node.Operands[operand], contributions[operand]);
                    }
                }
            }
        }

        return (Replay.Outputs(known!, function), cotangents[..function.Inputs.Count]);
    }

    /// <summary>Which variables depend on the linear inputs.</summary>
    public static bool[] LinearVariables(Function function, bool[] linearInputs)
    {
        var linear = new bool[function.Shapes.Length];
        linearInputs.CopyTo(linear, 0);
        foreach (Node node in function.Nodes)
        {
            bool any = false;
            foreach (int operand in node.Operands)
            {
                any |= linear[operand];
            }

            linear.AsSpan(node.FirstResult, node.ResultCount).Fill(any);
        }

        return linear;
    }

    /// <summary>Which variables depend on no input: they are repeated where they are read, not handed over.</summary>
    public static bool[] ConstantVariables(Function function)
    {
        bool[] varying = LinearVariables(function, [.. Enumerable.Repeat(true, function.Inputs.Count)]);
        return [.. varying.Select(v => !v)];
    }

    public static Function Transpose(Function function, int[] linearInputs)
    {
        var tracer = new Tracer();
        var arguments = new Value?[function.Inputs.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!linearInputs.Contains(i))
            {
                arguments[i] = tracer.AddInput(function.Inputs[i].Name, function.Inputs[i].Shape);
            }
        }

        Value[] seeds = AddCotangentInputs(
            tracer, function, [.. function.Inputs.Where((_, i) => !linearInputs.Contains(i)).Select(input => input.Name)]);
        return tracer.Run(() =>
        {
            (_, Value?[] cotangents) = Onto(tracer, function, arguments, seeds);
            return tracer.Finish($"{function.Name}.transpose", [.. linearInputs.Select(i => ($"{function.Inputs[i].Name}.cotangent",
                cotangents[i] ?? Value.Full(0, function.Inputs[i].Shape)))]);
        });
    }

    public static Function Vjp(Function function, int[] withRespectTo)
    {
        // Jvp puts the tangent inputs after the primal ones and the tangent outputs after the primal ones.
        Function jvp = ForwardMode.Jvp(function, withRespectTo);
        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        Value[] seeds = AddCotangentInputs(tracer, function, [.. function.Inputs.Select(input => input.Name)]);
        var arguments = new Value?[jvp.Inputs.Count];
        inputs.CopyTo(arguments, 0);
        return tracer.Run(() =>
        {
            (Value?[] values, Value?[] cotangents) = Onto(tracer, jvp, arguments, [.. new Value?[seeds.Length], .. seeds]);
            var outputs = new List<(string, Value)>(function.Outputs.Select((output, i) => (output.Name, values[i]!)));
            var names = new HashSet<string>(function.Outputs.Select(output => output.Name));
            for (int i = 0; i < withRespectTo.Length; i++)
            {
                Variable input = function.Inputs[withRespectTo[i]];
                string name = Tracer.UniqueName($"{input.Name}.cotangent", names);
                names.Add(name);
                outputs.Add((name, cotangents[inputs.Length + i] ?? Value.Full(0, input.Shape)));
            }

            return tracer.Finish($"{function.Name}.vjp", outputs);
        });
    }

    private static Value[] AddCotangentInputs(Tracer tracer, Function function, HashSet<string> taken)
    {
        var seeds = new Value[function.Outputs.Count];
        for (int i = 0; i < seeds.Length; i++)
        {
            string name = Tracer.UniqueName($"{function.Outputs[i].Name}.cotangent", taken);
            taken.Add(name);
            seeds[i] = tracer.AddInput(name, function.Outputs[i].Shape);
        }

        return seeds;
    }

    private static void Accumulate(Value?[] cotangents, int variable, Value? contribution)
    {
        if (contribution is not null)
        {
            cotangents[variable] = cotangents[variable] is { } sum ? sum + contribution : contribution;
        }
    }
}

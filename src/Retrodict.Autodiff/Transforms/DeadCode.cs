namespace Retrodict.Autodiff.Transforms;

/// <summary>Removes nodes that no output depends on.</summary>
internal static class DeadCode
{
    public static Function Remove(Function function)
    {
        var needed = new bool[function.Shapes.Length];
        foreach (int output in function.OutputNumbers)
        {
            needed[output] = true;
        }

        var live = new bool[function.Nodes.Length];
        for (int i = live.Length - 1; i >= 0; i--)
        {
            Node node = function.Nodes[i];
            live[i] = needed.AsSpan(node.FirstResult, node.ResultCount).Contains(true);
            if (live[i])
            {
                foreach (int operand in node.Operands)
                {
                    needed[operand] = true;
                }
            }
        }

        bool prunable = function.Nodes.Index().Any(entry => live[entry.Index] && Unneeded(entry.Item, needed));
        if (!live.Contains(false) && !prunable)
        {
            return function;
        }

        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        var values = new Value[function.Shapes.Length];
        inputs.CopyTo(values, 0);
        bool pruned = false;
        for (int i = 0; i < live.Length; i++)
        {
            Node node = function.Nodes[i];
            if (!live[i])
            {
                continue;
            }

            Value[] operands = Replay.Operands(values, node);
            if (Unneeded(node, needed) && node.Primitive.Prune(needed.AsSpan(node.FirstResult, node.ResultCount)) is { } smaller)
            {
                pruned = true;
                Value[] results = tracer.Append(smaller.Primitive, [.. smaller.Operands.Select(operand => operands[operand])]);
                for (int r = 0; r < results.Length; r++)
                {
                    values[node.FirstResult + smaller.Results[r]] = results[r];
                }
            }
            else
            {
                Replay.Store(values, node, tracer.Append(node.Primitive, operands));
            }
        }

        Function rest = Replay.Finish(tracer, function, Replay.Outputs(values, function));

        // A pruned node may need fewer operands, whose producers are then dead too.
        return pruned ? Remove(rest) : live.Contains(false) ? rest : function;
    }

    /// <summary>Which inputs some of the outputs depend on.</summary>
    public static bool[] InputsRead(Function function, bool[] outputs)
    {
        var needed = new bool[function.Shapes.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            needed[function.OutputNumbers[i]] |= outputs[i];
        }

        foreach (Node node in function.Nodes.AsEnumerable().Reverse())
        {
            if (needed.AsSpan(node.FirstResult, node.ResultCount).Contains(true))
            {
                foreach (int operand in node.Operands)
                {
                    needed[operand] = true;
                }
            }
        }

        return needed[..function.Inputs.Count];
    }

    private static bool Unneeded(Node node, bool[] needed) =>
        node.ResultCount > 1 && needed.AsSpan(node.FirstResult, node.ResultCount).Contains(false);
}

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

        if (!live.Contains(false))
        {
            return function;
        }

        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        var values = new Value[function.Shapes.Length];
        inputs.CopyTo(values, 0);
        for (int i = 0; i < live.Length; i++)
        {
            if (live[i])
            {
                Replay.Store(values, function.Nodes[i], tracer.Append(function.Nodes[i].Primitive, Replay.Operands(values, function.Nodes[i])));
            }
        }

        return Replay.Finish(tracer, function, Replay.Outputs(values, function));
    }
}

namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// Copies a function's nodes into a trace. Transforms are replays with a twist, each one pass over the nodes without recursion.
/// </summary>
internal static class Replay
{
    public static Value[] Onto(Tracer tracer, Function function, ReadOnlySpan<Value> arguments)
    {
        var values = new Value[function.Shapes.Length];
        arguments.CopyTo(values);
        foreach (Node node in function.Nodes)
        {
            Store(values, node, tracer.Append(node.Primitive, Operands(values, node)));
        }

        return Outputs(values, function);
    }

    /// <summary>A new trace with a function's inputs.</summary>
    public static (Tracer Tracer, Value[] Inputs) Begin(Function function)
    {
        var tracer = new Tracer();
        return (tracer, [.. function.Inputs.Select(input => tracer.AddInput(input.Name, input.Shape))]);
    }

    /// <summary>A function with the inputs and outputs of another and the given output values.</summary>
    public static Function Finish(Tracer tracer, Function like, Value[] outputs) =>
        tracer.Finish(like.Name, [.. like.Outputs.Select((output, i) => (output.Name, outputs[i]))]);

    public static Value[] Operands(Value[] values, Node node)
    {
        var operands = new Value[node.Operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = values[node.Operands[i]];
        }

        return operands;
    }

    public static void Store<TValue>(TValue[] values, Node node, TValue[] results) => results.CopyTo(values, node.FirstResult);

    public static Value[] Outputs(Value[] values, Function function) => [.. function.OutputNumbers.Select(number => values[number])];
}

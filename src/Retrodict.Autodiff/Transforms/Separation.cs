namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// Makes every node either known or linear with respect to some inputs: nodes that carry a body and have operands of both kinds are split
/// in two (<see cref="Primitives.Primitive.Separate"/>), the known one handing the linear one what it needs.
/// </summary>
internal static class Separation
{
    public static Function Separate(Function function, bool[] linearInputs)
    {
        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        var values = new Value[function.Shapes.Length];
        var linear = new bool[function.Shapes.Length];
        inputs.CopyTo(values, 0);
        linearInputs.CopyTo(linear, 0);
        bool changed = false;
        tracer.Run(() =>
        {
            foreach (Node node in function.Nodes)
            {
                bool[] mask = [.. node.Operands.Select(operand => linear[operand])];
                bool any = mask.Contains(true);
                Value[] operands = Replay.Operands(values, node);
                bool[]? resultLinear = null;
                Value[]? separated = any ? node.Primitive.Separate(operands, mask, out resultLinear) : null;
                changed |= separated is not null;
                Replay.Store(values, node, separated ?? tracer.Append(node.Primitive, operands));
                if (resultLinear is null)
                {
                    linear.AsSpan(node.FirstResult, node.ResultCount).Fill(any);
                }
                else
                {
                    resultLinear.CopyTo(linear, node.FirstResult);
                }
            }

            return 0;
        });
        return changed ? Replay.Finish(tracer, function, Replay.Outputs(values, function)) : function;
    }
}

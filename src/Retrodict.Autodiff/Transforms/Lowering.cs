namespace Retrodict.Autodiff.Transforms;

/// <summary>Rewrites nodes whose primitive has no kernel of its own, until none is left.</summary>
internal static class Lowering
{
    public static Function Lower(Function function)
    {
        while (true)
        {
            (Tracer tracer, Value[] inputs) = Replay.Begin(function);
            var values = new Value[function.Shapes.Length];
            inputs.CopyTo(values, 0);
            bool changed = false;
            Function current = function;
            tracer.Run(() =>
            {
                foreach (Node node in current.Nodes)
                {
                    Value[] operands = Replay.Operands(values, node);
                    Value[]? lowered = node.Primitive.Lower(operands);
                    changed |= lowered is not null;
                    Replay.Store(values, node, lowered ?? tracer.Append(node.Primitive, operands));
                }

                return 0;
            });
            if (!changed)
            {
                return function;
            }

            function = Replay.Finish(tracer, function, Replay.Outputs(values, function));
        }
    }
}

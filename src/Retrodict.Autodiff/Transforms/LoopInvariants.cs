using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// Moves what depends on a loop's constants alone out of its body: it is computed once and handed in as a further constant.
/// </summary>
internal static class LoopInvariants
{
    /// <param name="body">The body; its first inputs are the constants.</param>
    /// <param name="constants">Their values.</param>
    /// <returns>The body without invariant nodes and with all its constants in front, and the values of these.</returns>
    public static (Function Body, Value[] Constants) Hoist(Function body, Value[] constants)
    {
        int count = constants.Length;
        var invariant = new bool[body.Shapes.Length];
        var literal = new bool[body.Shapes.Length];
        invariant.AsSpan(0, count).Fill(true);
        bool any = false;
        foreach (Node node in body.Nodes)
        {
            bool isLiteral = node.Operands.All(operand => literal[operand]) && node.Primitive is Literal or Identity or Broadcast;
            bool isInvariant = node.Operands.All(operand => invariant[operand]) && !IsStretch(node);
            literal.AsSpan(node.FirstResult, node.ResultCount).Fill(isLiteral);
            invariant.AsSpan(node.FirstResult, node.ResultCount).Fill(isInvariant);
            any |= isInvariant && !isLiteral;
        }

        if (!any)
        {
            return (body, constants);
        }

        Value[] outer = new Value[body.Shapes.Length];
        constants.CopyTo(outer, 0);
        foreach (Node node in body.Nodes.Where(node => invariant[node.FirstResult]))
        {
            Replay.Store(outer, node, Value.EmitAll(node.Primitive, Replay.Operands(outer, node)));
        }

        int[] reads =
            [.. body.Nodes.Where(node => !invariant[node.FirstResult]).SelectMany(node => node.Operands).Concat(body.OutputNumbers)
            .Where(v => invariant[v] && !literal[v] && v >= count).Distinct()];
        return (WithoutInvariants(body, count, invariant, literal, reads), [.. constants, .. reads.Select(v => outer[v])]);
    }

    /// <summary>A broadcast is read where it stands; handing it in written out would only cost memory.</summary>
    private static bool IsStretch(Node node) => node.Primitive is Broadcast && node.Operands.Length > 0;

    private static Function WithoutInvariants(Function body, int constants, bool[] invariant, bool[] literal, int[] reads)
    {
        var tracer = new Tracer();
        var values = new Value[body.Shapes.Length];
        for (int i = 0; i < constants; i++)
        {
            values[i] = tracer.AddInput(body.Inputs[i].Name, body.Inputs[i].Shape);
        }

        var taken = new HashSet<string>(body.Inputs.Select(input => input.Name));
        foreach (int variable in reads)
        {
            string name = Tracer.UniqueName($"invariant.{variable}", taken);
            taken.Add(name);
            values[variable] = tracer.AddInput(name, body.Shapes[variable]);
        }

        for (int i = constants; i < body.Inputs.Count; i++)
        {
            values[i] = tracer.AddInput(body.Inputs[i].Name, body.Inputs[i].Shape);
        }

        foreach (Node node in body.Nodes)
        {
            if (!invariant[node.FirstResult] || literal[node.FirstResult])
            {
                Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
            }
        }

        return DeadCode.Remove(Replay.Finish(tracer, body, Replay.Outputs(values, body)));
    }
}

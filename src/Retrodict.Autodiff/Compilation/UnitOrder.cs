namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// The order of units: each as late as its last node stood in the program, unless another needs it before. That keeps lifetimes as short as
/// the program had them, while a step that waits for its last operand comes with it.
/// </summary>
internal static class UnitOrder
{
    public static Unit[] Of(PlanGraph graph, List<Unit> units)
    {
        var unitOf = new int[graph.Function.Nodes.Length];
        Array.Fill(unitOf, -1);
        var last = new int[graph.Function.Nodes.Length];
        Array.Fill(last, -1);
        for (int u = 0; u < units.Count; u++)
        {
            foreach (int node in units[u].Nodes)
            {
                unitOf[node] = u;
            }

            last[units[u].Nodes.Max()] = u;
        }

        var order = new List<Unit>(units.Count);
        var entered = new bool[units.Count];
        var done = new bool[units.Count];
        var stack = new Stack<int>();
        foreach (int due in last)
        {
            if (due >= 0)
            {
                stack.Push(due);
            }

            while (stack.TryPeek(out int unit))
            {
                if (done[unit])
                {
                    stack.Pop();
                }
                else if (entered[unit])
                {
                    done[unit] = true;
                    order.Add(units[unit]);
                }
                else
                {
                    entered[unit] = true;
                    PushNeeded(unit);
                }
            }
        }

        return [.. order];

        void PushNeeded(int unit)
        {
            foreach (int node in units[unit].Nodes)
            {
                foreach (int operand in graph.Operands[node])
                {
                    int producer = graph.Producer(operand);
                    if (producer >= 0 && unitOf[producer] != unit && !done[unitOf[producer]])
                    {
                        System.Diagnostics.Debug.Assert(!entered[unitOf[producer]], "Units depend on each other in a cycle.");
                        stack.Push(unitOf[producer]);
                    }
                }
            }
        }
    }
}

using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// A lowered function as the compiler sees it: which nodes are needed, which variables share storage, and what each node reads once
/// elementwise nodes read broadcast operands where they stand.
/// </summary>
internal sealed class PlanGraph
{
    private readonly int[] _producers;

    public PlanGraph(Function function)
    {
        Function = function;
        Operands = new int[function.Nodes.Length][];
        Spaces = new IterationSpace?[function.Nodes.Length];
        IsLive = new bool[function.Nodes.Length];
        Roots = [.. Enumerable.Range(0, function.Shapes.Length)];
        _producers = new int[function.Shapes.Length];
        Array.Fill(_producers, -1);
        ReadBroadcastsInPlace();
        MarkLive();
    }

    public Function Function { get; }

    /// <summary>The variables that each node reads.</summary>
    public int[][] Operands { get; }

    /// <summary>The iteration spaces of elementwise nodes; null for others.</summary>
    public IterationSpace?[] Spaces { get; }

    /// <summary>Whether an output depends on a node.</summary>
    public bool[] IsLive { get; }

    /// <summary>The variable in whose storage each variable lies: reshapes share their operand's.</summary>
    public int[] Roots { get; }

    /// <summary>Whether a node does something in a run.</summary>
    public bool IsStep(int node) => IsLive[node] && Function.Nodes[node].Primitive is not (ChangeShape or Literal);

    public bool IsElementwise(int node) => Spaces[node] is not null;

    /// <summary>The step that computes the storage a variable lies in; -1 for inputs and constants.</summary>
    public int Producer(int variable)
    {
        int producer = _producers[Roots[variable]];
        return producer >= 0 && Function.Nodes[producer].Primitive is Literal ? -1 : producer;
    }

    /// <summary>The elements of a variable that is a constant; null for others.</summary>
    public double[]? ConstantElements(int variable) =>
        _producers[Roots[variable]] is >= 0 and var producer && Function.Nodes[producer].Primitive is Literal literal
            ? literal.Elements
            : null;

    /// <summary>
    /// Replaces operands that are broadcasts by what they broadcast, where the two loops of an iteration space can read that.
    /// </summary>
    private void ReadBroadcastsInPlace()
    {
        for (int i = 0; i < Function.Nodes.Length; i++)
        {
            Node node = Function.Nodes[i];
            Operands[i] = node.Operands;
            if (node.Primitive is Elementwise)
            {
                Operands[i] = [.. node.Operands];
                Spaces[i] = SpaceOf(Function.Shapes[node.FirstResult], Operands[i]);
            }

            for (int r = 0; r < node.ResultCount; r++)
            {
                _producers[node.FirstResult + r] = i;
            }
        }
    }

    private IterationSpace SpaceOf(Shape shape, int[] operands)
    {
        (int Rows, int Columns)? space = null;
        var access = new OperandAccess[operands.Length];
        Array.Fill(access, OperandAccess.Dense);
        for (int i = 0; i < operands.Length; i++)
        {
            if (_producers[operands[i]] < 0 || Function.Nodes[_producers[operands[i]]] is not { Primitive: Broadcast broadcast } producer
                || IterationSpace.Pattern(broadcast.Target, broadcast.Axes) is not var (rows, columns, pattern))
            {
                continue;
            }

            bool flat = pattern is OperandAccess.Dense or OperandAccess.Scalar;
            if (!flat && space is not null && space != (rows, columns))
            {
                continue;
            }

            space = flat ? space : (rows, columns);
            access[i] = pattern;
            operands[i] = producer.Operands[0];
        }

        (int r, int c) = space ?? (1, shape.ElementCount);
        return new IterationSpace(r, c, access);
    }

    private void MarkLive()
    {
        var needed = new bool[Function.Shapes.Length];
        foreach (int output in Function.OutputNumbers)
        {
            needed[output] = true;
        }

        for (int i = Function.Nodes.Length - 1; i >= 0; i--)
        {
            Node node = Function.Nodes[i];
            for (int r = 0; r < node.ResultCount && !IsLive[i]; r++)
            {
                IsLive[i] = needed[node.FirstResult + r];
            }

            if (IsLive[i])
            {
                foreach (int operand in Operands[i])
                {
                    needed[operand] = true;
                }
            }
        }

        for (int i = 0; i < Function.Nodes.Length; i++)
        {
            if (Function.Nodes[i].Primitive is ChangeShape)
            {
                Roots[Function.Nodes[i].FirstResult] = Roots[Operands[i][0]];
            }
        }
    }
}

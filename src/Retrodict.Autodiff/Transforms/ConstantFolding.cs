using System.Runtime.InteropServices;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// Computes, once and in double precision, what depends on constants alone. Large results stay programs, and so do broadcasts and the
/// identity, which kernels and rules read cheaper as what they are.
/// </summary>
internal static class ConstantFolding
{
    /// <summary>The most elements that one folded result may have.</summary>
    public const int ElementLimit = 1 << 20;

    /// <summary>The folded function, or the same one if there was nothing to fold.</summary>
    public static Function Fold(Function function)
    {
        bool[] constant = ConstantVariables(function);
        List<int> frontier = Frontier(function, constant);
        if (frontier.Count == 0)
        {
            return function;
        }

        double[][] folded = Evaluate(function, constant, frontier);
        var literals = new Dictionary<int, double[]>();
        for (int i = 0; i < frontier.Count; i++)
        {
            literals.Add(frontier[i], folded[i]);
        }

        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        var values = new Value[function.Shapes.Length];
        inputs.CopyTo(values, 0);
        return tracer.Run(() =>
        {
            foreach (Node node in function.Nodes)
            {
                IEnumerable<int> results = Enumerable.Range(node.FirstResult, node.ResultCount);
                if (!results.All(literals.ContainsKey))
                {
                    Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
                }

                foreach (int result in results.Where(literals.ContainsKey))
                {
                    values[result] = Constant(tracer, literals[result], function.Shapes[result]);
                }
            }

            return Replay.Finish(tracer, function, Replay.Outputs(values, function));
        });
    }

    private static bool[] ConstantVariables(Function function)
    {
        var constant = new bool[function.Shapes.Length];
        var unwritten = new bool[function.Shapes.Length];
        foreach (Node node in function.Nodes)
        {
            bool cheap = node.Primitive is Broadcast or Identity or Literal;
            bool all = (node.ResultCount == 1 || node.Primitive is LinearTransform) && node.Primitive.IsFolded
                && (cheap || function.Shapes[node.FirstResult].ElementCount <= ElementLimit);
            foreach (int operand in node.Operands)
            {
                // A large broadcast or identity that would have to be written out for this node is not worth it.
                all &= constant[operand] && (cheap || !unwritten[operand]);
            }

            unwritten[node.FirstResult] = node.Primitive is Broadcast or Identity
                && function.Shapes[node.FirstResult].ElementCount > ElementLimit;

            constant.AsSpan(node.FirstResult, node.ResultCount).Fill(all);
        }

        return constant;
    }

    /// <summary>Constant variables that the rest of the program reads and that are worth folding.</summary>
    private static List<int> Frontier(Function function, bool[] constant)
    {
        var producers = new Dictionary<int, Node>();
        var reads = new List<int>();
        foreach (Node node in function.Nodes)
        {
            if (constant[node.FirstResult])
            {
                for (int r = 0; r < node.ResultCount; r++)
                {
                    producers[node.FirstResult + r] = node;
                }
            }
            else
            {
                reads.AddRange(node.Operands);
            }
        }

        reads.AddRange(function.OutputNumbers);
        var frontier = new List<int>();
        var seen = new HashSet<int>();
        foreach (int read in reads)
        {
            int variable = read;
            while (constant[variable] && producers[variable].Primitive is Broadcast)
            {
                variable = producers[variable].Operands[0];
            }

            if (constant[variable] && producers[variable].Primitive is not (Literal or Identity) && seen.Add(variable))
            {
                frontier.Add(variable);
            }
        }

        return frontier;
    }

    private static double[][] Evaluate(Function function, bool[] constant, List<int> frontier)
    {
        var tracer = new Tracer();
        var values = new Value[function.Shapes.Length];
        foreach (Node node in function.Nodes.Where(node => constant[node.FirstResult]))
        {
            Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
        }

        Function constants = tracer.Finish("constants", [.. frontier.Select((variable, i) => ($"c{i}", values[variable]))]);
        return DeadCode.Remove(constants).Compile<double>(new PlanOptions { Simplify = false, Team = ThreadTeam.SingleThread }).Evaluate();
    }

    /// <summary>A literal; one number repeated stays a broadcast.</summary>
    private static Value Constant(Tracer tracer, double[] elements, Shape shape)
    {
        // Bits are compared: 0 and -0 are equal but not the same.
        bool uniform = elements.Length > 1
            && !MemoryMarshal.Cast<double, long>(elements).ContainsAnyExcept(BitConverter.DoubleToInt64Bits(elements[0]));
        if (!uniform)
        {
            return tracer.Append(new Literal(elements, shape), [])[0];
        }

        Value scalar = tracer.Append(new Literal([elements[0]], Shape.Scalar), [])[0];
        return tracer.Append(new Broadcast(shape, []), [scalar])[0];
    }
}

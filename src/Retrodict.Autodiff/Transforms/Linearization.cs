using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff;

/// <summary>
/// A function at a point, split into what depends on the point and what is linear in the tangents: run <see cref="Primal"/> once, then
/// <see cref="Linear"/> as often as there are tangents.
/// </summary>
/// <param name="Primal">From the inputs to the outputs, followed by the residuals that the linear part needs.</param>
/// <param name="Linear">From the residuals and the tangents of the inputs to the tangents of the outputs; linear in the tangents.</param>
/// <param name="ResidualCount">How many residuals there are.</param>
public sealed record Linearization(Function Primal, Function Linear, int ResidualCount)
{
    internal static Linearization Of(Function function, int[] withRespectTo)
    {
        Function jvp = Simplification.Simplify(ForwardMode.Jvp(function, withRespectTo));
        int inputs = function.Inputs.Count;
        jvp = Separation.Separate(jvp, [.. jvp.Inputs.Select((_, i) => i >= inputs)]);
        bool[] linear = Transposition.LinearVariables(jvp, [.. jvp.Inputs.Select((_, i) => i >= inputs)]);
        int[] tangentOutputs = jvp.OutputNumbers[function.Outputs.Count..];

        // Residuals: known variables that the linear part reads. Constants are repeated there instead.
        bool[] constant = Transposition.ConstantVariables(jvp);
        var residuals = new List<int>();
        var position = new Dictionary<int, int>();
        IEnumerable<int> reads = jvp.Nodes.Where(node => linear[node.FirstResult]).SelectMany(node => node.Operands).Concat(tangentOutputs);
        foreach (int variable in reads)
        {
            if (!linear[variable] && !constant[variable] && position.TryAdd(variable, residuals.Count))
            {
                residuals.Add(variable);
            }
        }

        return new Linearization(
            PrimalPart(function, jvp, linear, residuals), LinearPart(function, jvp, linear, residuals, constant), residuals.Count);
    }

    private static Function PrimalPart(Function function, Function jvp, bool[] linear, List<int> residuals)
    {
        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        var values = new Value[jvp.Shapes.Length];
        inputs.CopyTo(values, 0);
        foreach (Node node in jvp.Nodes.Where(node => !linear[node.FirstResult]))
        {
            Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
        }

        var outputs = new List<(string, Value)>(function.Outputs.Select((output, i) => (output.Name, values[jvp.OutputNumbers[i]])));
        var names = new HashSet<string>(outputs.Select(output => output.Item1));
        for (int i = 0; i < residuals.Count; i++)
        {
            string name = Tracer.UniqueName($"residual.{i}", names);
            names.Add(name);
            outputs.Add((name, values[residuals[i]]));
        }

        return Simplification.Simplify(tracer.Finish($"{function.Name}.primal", outputs));
    }

    private static Function LinearPart(Function function, Function jvp, bool[] linear, List<int> residuals, bool[] constant)
    {
        var tracer = new Tracer();
        var values = new Value[jvp.Shapes.Length];
        for (int i = 0; i < residuals.Count; i++)
        {
            values[residuals[i]] = tracer.AddInput($"residual.{i}", jvp.Shapes[residuals[i]]);
        }

        for (int i = function.Inputs.Count; i < jvp.Inputs.Count; i++)
        {
            values[i] = tracer.AddInput(jvp.Inputs[i].Name, jvp.Inputs[i].Shape);
        }

        foreach (Node node in jvp.Nodes.Where(node => linear[node.FirstResult] || constant[node.FirstResult]))
        {
            Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
        }

        int outputs = function.Outputs.Count;
        return Simplification.Simplify(tracer.Finish(
            $"{function.Name}.linear",
            [.. Enumerable.Range(outputs, outputs).Select(i => (jvp.Outputs[i].Name, values[jvp.OutputNumbers[i]]))]));
    }
}

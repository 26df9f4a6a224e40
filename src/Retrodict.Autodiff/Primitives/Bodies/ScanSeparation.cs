using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Primitives;

/// <summary>Splits a loop into one over what is known and one over what is linear; see <see cref="Scan.Separate"/>.</summary>
internal sealed class ScanSeparation(Scan scan, Function body, bool[] linearInputs, bool[] linear, bool[] resultsLinear)
{
    private readonly int _firstSequence = scan.Constants + scan.Carries;
    private readonly bool[] _constant = Transposition.ConstantVariables(body);

    public Value[] Emit(ReadOnlySpan<Value> operands)
    {
        Value[] all = operands.ToArray();
        int[] saved = SavedVariables();
        int[] knownCarries = [.. CarryIndices().Where(i => !linearInputs[i])];
        int[] knownOutputs = [.. Enumerable.Range(scan.Carries, body.Outputs.Count - scan.Carries).Where(i => !resultsLinear[i])];
        Value[] known = EmitKnown(all, knownCarries, knownOutputs, saved);

        Value[] savedSequences = known[(knownCarries.Length + knownOutputs.Length)..];
        int[] linearCarries = [.. CarryIndices().Where(i => linearInputs[i])];
        int[] linearOutputs = [.. Enumerable.Range(scan.Carries, body.Outputs.Count - scan.Carries).Where(i => resultsLinear[i])];
        Value[] linearResults = EmitLinear(all, linearCarries, linearOutputs, saved, savedSequences);

        var results = new Value[body.Outputs.Count];
        Place(results, knownCarries.Select(i => i - scan.Constants).Concat(knownOutputs), known);
        Place(results, linearCarries.Select(i => i - scan.Constants).Concat(linearOutputs), linearResults);
        return results;
    }

    private static void Place(Value[] results, IEnumerable<int> positions, Value[] values)
    {
        foreach ((int i, int position) in positions.Index())
        {
            results[position] = values[i];
        }
    }

    private IEnumerable<int> CarryIndices() => Enumerable.Range(scan.Constants, scan.Carries);

    /// <summary>
    /// Known variables that linear nodes read and that change from step to step: carries and computed values. Constants and sequences are
    /// handed over as they are, and what depends on nothing is repeated.
    /// </summary>
    private int[] SavedVariables()
    {
        IEnumerable<int> reads = body.Nodes.Where(node => linear[node.FirstResult]).SelectMany(node => node.Operands)
            .Concat(body.OutputNumbers.Where((_, i) => resultsLinear[i]));
        return [.. reads.Where(v => !linear[v] && !_constant[v]
            && (v >= body.Inputs.Count || (v >= scan.Constants && v < _firstSequence))).Distinct().Order()];
    }

    private Value[] EmitKnown(Value[] operands, int[] carries, int[] outputs, int[] saved)
    {
        if (carries.Length + outputs.Length + saved.Length == 0)
        {
            return [];
        }

        var tracer = new Tracer();
        var values = new Value[body.Shapes.Length];
        int[] inputs = [.. Enumerable.Range(0, body.Inputs.Count).Where(i => !linearInputs[i])];
        foreach (int i in inputs)
        {
            values[i] = tracer.AddInput($"i{i}", body.Inputs[i].Shape);
        }

        foreach (Node node in body.Nodes.Where(node => !linear[node.FirstResult]))
        {
            Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
        }

        int[] results =
            [.. carries.Select(i => body.OutputNumbers[i - scan.Constants]), .. outputs.Select(i => body.OutputNumbers[i]), .. saved];
        Function known = tracer.Finish($"{body.Name}.known", [.. results.Select((variable, i) => ($"o{i}", values[variable]))]);
        return Scan.Emit(
            known, scan.Length, scan.Backward,
            [.. inputs.Where(i => i < scan.Constants).Select(i => operands[i])],
            [.. carries.Select(i => operands[i])],
            [.. inputs.Where(i => i >= _firstSequence).Select(i => operands[i])]);
    }

    private Value[] EmitLinear(Value[] operands, int[] carries, int[] outputs, int[] saved, Value[] savedSequences)
    {
        if (carries.Length + outputs.Length == 0)
        {
            return [];
        }

        var tracer = new Tracer();
        var values = new Value[body.Shapes.Length];
        int[] constants = [.. Enumerable.Range(0, scan.Constants)];
        int[] sequences = [.. Enumerable.Range(_firstSequence, body.Inputs.Count - _firstSequence)];
        foreach (int i in (int[])[.. constants, .. carries, .. sequences])
        {
            values[i] = tracer.AddInput($"i{i}", body.Inputs[i].Shape);
        }

        foreach (int variable in saved)
        {
            values[variable] = tracer.AddInput($"r{variable}", body.Shapes[variable]);
        }

        return Scan.Emit(
            tracer.Run(() =>
            {
                foreach (Node node in body.Nodes.Where(node => linear[node.FirstResult] || _constant[node.FirstResult]))
                {
                    Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
                }

                int[] results =
                    [.. carries.Select(i => body.OutputNumbers[i - scan.Constants]), .. outputs.Select(i => body.OutputNumbers[i])];
                return tracer.Finish($"{body.Name}.linear", [.. results.Select((variable, i) => ($"o{i}", values[variable]))]);
            }),
            scan.Length, scan.Backward,
            operands[..scan.Constants],
            [.. carries.Select(i => operands[i])],
            [.. sequences.Select(i => operands[i]), .. savedSequences]);
    }
}

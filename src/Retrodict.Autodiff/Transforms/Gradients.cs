namespace Retrodict.Autodiff.Transforms;

/// <summary>Gradients and Hessian-vector products, made from reverse and forward mode.</summary>
internal static class Gradients
{
    public static Function Of(Function function, int[] withRespectTo, bool withValue)
    {
        RequireScalar(function);
        Function vjp = Transposition.Vjp(function, withRespectTo);
        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        return tracer.Run(() =>
        {
            Value one = Value.Full(1, function.Outputs[0].Shape);
            Value[] results = Replay.Onto(tracer, vjp, [.. inputs, one]);
            var outputs = new List<(string, Value)>();
            if (withValue)
            {
                outputs.Add((function.Outputs[0].Name, results[0]));
            }

            var names = new HashSet<string>(outputs.Select(output => output.Item1));
            for (int i = 0; i < withRespectTo.Length; i++)
            {
                string name = Tracer.UniqueName($"{function.Inputs[withRespectTo[i]].Name}.gradient", names);
                names.Add(name);
                outputs.Add((name, results[1 + i]));
            }

            return tracer.Finish($"{function.Name}.gradient", outputs);
        });
    }

    public static Function HessianVectorProduct(Function function, int withRespectTo)
    {
        Function gradient = Of(function, [withRespectTo], withValue: false);
        Function jvp = ForwardMode.Jvp(gradient, [withRespectTo]);
        (Tracer tracer, Value[] inputs) = Replay.Begin(jvp);
        return tracer.Run(
            () => tracer.Finish($"{function.Name}.hessian-vector-product", [("product", Replay.Onto(tracer, jvp, inputs)[1])]));
    }

    private static void RequireScalar(Function function)
    {
        if (function.Outputs.Count != 1 || function.Outputs[0].Shape.ElementCount != 1)
        {
            throw new ShapeException(
                $"A gradient needs one scalar output, but '{function.Name}' has ({string.Join(", ", function.Outputs)}). Reduce it with "
                + "Sum or Mean, or use Jacobian or Vjp.");
        }
    }
}

using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Transforms;

/// <summary>Attaches derivative rules of a user's to a function.</summary>
internal static class CustomRules
{
    public static Function WithJvp(Function function, Function rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Shape[] inputs = [.. function.Inputs.Select(v => v.Shape)];
        Require(
            function, rule, [.. inputs, .. inputs], [.. function.Outputs.Select(v => v.Shape)], "the inputs and their tangents",
            "the outputs' tangents");
        (Tracer tracer, Value[] values) = Replay.Begin(function);
        return Replay.Finish(tracer, function, tracer.Append(new Custom(function, rule), values));
    }

    public static Function WithVjp(Function function, Function rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Shape[] inputs = [.. function.Inputs.Select(v => v.Shape)];
        Require(
            function, rule, [.. inputs, .. function.Outputs.Select(v => v.Shape)], inputs, "the inputs and the outputs' cotangents",
            "the inputs' cotangents");

        // The rule is y* -> J^T y*, linear in y*; its transpose is dx -> J dx.
        return WithJvp(function, Transposition.Transpose(rule, [.. Enumerable.Range(inputs.Length, function.Outputs.Count)]));
    }

    private static void Require(Function function, Function rule, Shape[] inputs, Shape[] outputs, string takes, string gives)
    {
        if (!rule.Inputs.Select(v => v.Shape).SequenceEqual(inputs))
        {
            throw new ShapeException(
                $"The derivative rule of '{function.Name}' must take {takes}, of shapes {string.Join(", ", inputs)}, but it takes "
                + $"({string.Join(", ", rule.Inputs)}).");
        }

        if (!rule.Outputs.Select(v => v.Shape).SequenceEqual(outputs))
        {
            throw new ShapeException(
                $"The derivative rule of '{function.Name}' must give {gives}, of shapes {string.Join(", ", outputs)}, but it gives "
                + $"({string.Join(", ", rule.Outputs)}).");
        }
    }
}

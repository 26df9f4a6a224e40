using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Transforms;

/// <summary>Dense Jacobians: derivative products batched over the identity.</summary>
internal static class Jacobians
{
    public static Function Of(Function function, int withRespectTo)
    {
        if (function.Outputs.Count != 1)
        {
            throw new ArgumentException(
                $"A Jacobian is taken of one output, but '{function.Name}' has {function.Outputs.Count} "
                + $"({string.Join(", ", function.Outputs)}).");
        }

        Shape input = function.Inputs[withRespectTo].Shape;
        Shape output = function.Outputs[0].Shape;
        bool forward = Direction(function, input, output);
        Function product = forward ? ForwardMode.Jvp(function, [withRespectTo]) : Transposition.Vjp(function, [withRespectTo]);
        int size = forward ? input.ElementCount : output.ElementCount;
        Shape seedShape = forward ? input : output;
        (Tracer tracer, Value[] inputs) = Replay.Begin(function);
        return tracer.Run(() =>
        {
            Value seeds = Value.Eye(size).Reshape(seedShape.Prepend(size));
            bool[] flags = [.. new bool[inputs.Length], true];
            (Value[] results, bool[] batched) = Batching.Onto(tracer, product, [.. inputs, seeds], flags, size);
            Value rows = batched[1] ? results[1] : results[1].BroadcastTo(results[1].Shape.Prepend(size));

            // Forward products give the transpose: [input, output...].
            Value jacobian = forward ? rows.Reshape(Shape.Of([size, output.ElementCount])).Permute() : rows;
            return tracer.Finish(
                $"{function.Name}.jacobian", [("jacobian", jacobian.Reshape(Shape.Of([.. output.Lengths, .. input.Lengths])))]);
        });
    }

    /// <summary>Whether forward products are fewer, or the only ones that external models have.</summary>
    private static bool Direction(Function function, Shape input, Shape output)
    {
        bool forward = input.ElementCount <= output.ElementCount;
        foreach (Primitive primitive in function.AllPrimitives())
        {
            forward = forward ? primitive.HasForward : !primitive.HasReverse;
        }

        return forward;
    }
}

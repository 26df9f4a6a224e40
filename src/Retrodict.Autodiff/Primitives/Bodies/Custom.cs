using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A function with a derivative rule of its user's. The rule maps inputs and their tangents to the outputs' tangents. The body is put in
/// place when the program is compiled.
/// </summary>
internal sealed record Custom(Function Body, Function Rule) : Primitive
{
    public override string Name => Body.Name;

    /// <summary>No: it stays in the program under the name that its user gave it.</summary>
    public override bool IsFolded => false;

    public override IEnumerable<Function> Bodies => [Body];

    public override string Describe() => $"{Name} (own derivative)";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            if (operands.Length != Body.Inputs.Count || operands[i] != Body.Inputs[i].Shape)
            {
                throw new ShapeException($"{Name}: takes ({string.Join(", ", Body.Inputs)}), but operand {i} has shape {operands[i]}.");
            }
        }

        return [.. Body.Outputs.Select(output => output.Shape)];
    }

    public override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents)
    {
        var arguments = new Value[2 * operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            arguments[i] = operands[i];
            arguments[operands.Length + i] = tangents[i] ?? Value.ZerosLike(operands[i]);
        }

        return Rule.Apply(arguments);
    }

    public override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        bool[] flags = batched.ToArray();
        var primitive = new Custom(Batching.Batch(Body, size, flags), Batching.Batch(Rule, size, [.. flags, .. flags]));
        return Value.EmitAll(primitive, operands);
    }

    public override Value[]? Lower(ReadOnlySpan<Value> operands) => Body.Apply(operands);

    public override Step<T> Compile<T>(Storage storage) =>
        throw new InvalidOperationException("A function with its own derivative is put in place before compilation.");
}

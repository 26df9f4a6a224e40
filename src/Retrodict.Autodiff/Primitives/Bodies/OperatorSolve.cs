using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// v with A(p) v = b for an operator given by its product p, v -> A(p) v. Operands are the parameters p and b. Linear in b, with the
/// transposed operator as its transpose; for p, A dv = -(dA) v.
/// </summary>
internal sealed record OperatorSolve(Function Operator, KrylovOptions Options, int Batched, Indices Flags) : SingleResult
{
    public override string Name => "operator-solve";

    public override IEnumerable<Function> Bodies => [Operator];

    private int Parameters => Operator.Inputs.Count - 1;

    public override string Describe() => $"operator-solve[{Operator.NodeCount} nodes{(Batched >= 0 ? $", {Batched} instances" : "")}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        Shape unknown = Operator.Inputs[^1].Shape;
        if (Operator.Outputs[0].Shape != unknown)
        {
            throw new ShapeException($"operator-solve: the operator must be square, but it maps {unknown} to {Operator.Outputs[0].Shape}.");
        }

        for (int i = 0; i < operands.Length; i++)
        {
            Shape expected = Instances.Of(Operator.Inputs[i].Shape, Batched, IsFlagged(i));
            if (operands[i] != expected)
            {
                throw new ShapeException($"operator-solve: '{Operator.Inputs[i].Name}' takes {expected}, but {operands[i]} was given.");
            }
        }

        return Instances.Of(unknown, Batched, true);
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value?[] given = tangents.ToArray();
        int[] varying = [.. Enumerable.Range(0, Parameters).Where(i => given[i] is not null)];
        Value? right = given[Parameters];
        if (varying.Length > 0)
        {
            Function jvp = ForwardMode.Jvp(Operator, varying);
            Function change = jvp.Restricted([.. Enumerable.Range(0, jvp.Inputs.Count)], [1]);
            bool[] flags = [.. Enumerable.Range(0, Parameters).Select(IsFlagged), true, .. varying.Select(IsFlagged)];
            Value moved = Instances.Apply(
                change, Batched, flags, [.. operands[..Parameters], result, .. varying.Select(i => given[i]!)])[0];
            right = right is null ? -moved : InstanceShape(right) - moved;
        }

        return right is null ? null : EmitWith(Operator, operands[..Parameters], InstanceShape(right));
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        if (operand != Parameters || operands[..Parameters].Contains(null))
        {
            return base.Cotangent(operand, operands, shapes, cotangent);
        }

        Function transposed = Simplification.Simplify(Transposition.Transpose(Operator, [Parameters]));
        Value[] parameters = [.. operands[..Parameters].ToArray().Select(p => p!)];
        Value result = EmitWith(transposed, parameters, cotangent);
        return Batched >= 0 && !IsFlagged(Parameters) ? result.Sum(0) : result;
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        (Value[] merged, int count, Indices flags) = Instances.Merge(operands, batched, size, Batched, Flags);
        return Instances.Split(Value.Emit(new OperatorSolve(Operator, Options, count, flags), merged), size, Batched);
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new OperatorSolveStep<T>(
            storage, Operator, Options, Batched >= 0 ? Batched : 1, [.. Enumerable.Range(0, Operator.Inputs.Count).Select(IsFlagged)]);

    private bool IsFlagged(int operand) => Batched >= 0 && Flags[operand] == 1;

    /// <summary>A right side shared by all instances, written out for each.</summary>
    private Value InstanceShape(Value right) =>
        Batched >= 0 && !IsFlagged(Parameters) ? right.BroadcastTo(right.Shape.Prepend(Batched)) : right;

    private Value EmitWith(Function map, ReadOnlySpan<Value> parameters, Value right)
    {
        Indices flags = Batched >= 0 ? Indices.Of([.. Enumerable.Range(0, Parameters).Select(i => Flags[i]), 1]) : [];
        return Value.Emit(new OperatorSolve(map, Options, Batched, flags), [.. parameters, right]);
    }
}

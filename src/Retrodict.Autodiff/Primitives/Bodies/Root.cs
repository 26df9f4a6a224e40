using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The x with r(theta, x) = 0. Operands are the parameters theta and the guess; results are x and whether it was found. By the implicit
/// function theorem r_x dx = -r_theta dtheta: one linear system with the Jacobian at the root, written with traced operations, so that it
/// can be differentiated again.
/// </summary>
internal sealed record Root(Function Residual, RootOptions Options, int Batched, Indices Flags) : Primitive
{
    public override string Name => "root";

    public override IEnumerable<Function> Bodies => [Residual];

    private int Parameters => Residual.Inputs.Count - 1;

    private Shape Unknown => Residual.Inputs[^1].Shape;

    public override string Describe() => $"root[{Residual.NodeCount} nodes{(Batched >= 0 ? $", {Batched} instances" : "")}]";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            Shape expected = Instances.Of(Residual.Inputs[i].Shape, Batched, IsFlagged(i));
            if (operands[i] != expected)
            {
                throw new ShapeException($"root: '{Residual.Inputs[i].Name}' takes {expected}, but {operands[i]} was given.");
            }
        }

        return [Instances.Of(Unknown, Batched, true), Instances.Of(Shape.Scalar, Batched, true)];
    }

    public override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents)
    {
        Value?[] given = tangents.ToArray();
        int[] varying = [.. Enumerable.Range(0, Parameters).Where(i => given[i] is not null)];
        if (varying.Length == 0)
        {
            return [null, null];
        }

        Value[] point = [.. operands[..Parameters], results[0]];
        bool[] pointFlags = [.. Enumerable.Range(0, Parameters).Select(IsFlagged), true];
        Function jvp = ForwardMode.Jvp(Residual, varying);
        Function change = jvp.Restricted([.. Enumerable.Range(0, jvp.Inputs.Count)], [1]);
        Value right = -Instances.Apply(
            change, Batched, [.. pointFlags, .. varying.Select(IsFlagged)], [.. point, .. varying.Select(i => given[i]!)])[0];
        Value tangent = Options.Krylov is { } krylov
            ? SolveWithoutMatrix(point, pointFlags, right, krylov)
            : SolveDense(point, pointFlags, right);
        return [tangent, null];
    }

    public override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        (Value[] merged, int count, Indices flags) = Instances.Merge(operands, batched, size, Batched, Flags);
        Value[] results = Value.EmitAll(new Root(Residual, Options, count, flags), merged);
        return [Instances.Split(results[0], size, Batched), Instances.Split(results[1], size, Batched)];
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new RootStep<T>(
            storage, Residual, Options, Batched >= 0 ? Batched : 1, [.. Enumerable.Range(0, Residual.Inputs.Count).Select(IsFlagged)]);

    private bool IsFlagged(int operand) => Batched >= 0 && Flags[operand] == 1;

    private Value SolveDense(Value[] point, bool[] flags, Value right)
    {
        int n = Unknown.ElementCount;
        Value jacobian = Instances.Apply(Jacobians.Of(Residual, Parameters), Batched, flags, point)[0];
        Value matrix = jacobian.Reshape(Instances.Of([n, n], Batched, true));
        return Value.ChainSolve(matrix, right.Reshape(Instances.Of([n, 1], Batched, true))).Reshape(right.Shape);
    }

    private Value SolveWithoutMatrix(Value[] point, bool[] flags, Value right, KrylovOptions krylov)
    {
        // v -> r_x v at (theta, x).
        Function jvp = ForwardMode.Jvp(Residual, [Parameters]);
        Function product = Simplification.Simplify(jvp.Restricted([.. Enumerable.Range(0, jvp.Inputs.Count)], [1]));
        Indices all = Batched >= 0 ? Indices.Of([.. flags.Select(flag => flag ? 1 : 0), 1]) : [];
        return Value.Emit(new OperatorSolve(product, krylov, Batched, all), [.. point, right]);
    }
}

using System.Numerics;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// J v or, reversed, J^T v of an external model at x. Linear in v, each the other's transpose. Which of the two a model has is asked when a
/// program is finished by a transform, since reverse mode passes through forward mode on its way.
/// </summary>
internal sealed record ExternalProductNode(ExternalModel Model, bool Reverse) : SingleResult
{
    public override string Name => "external-product";

    public override string Describe() => $"external-{(Reverse ? "vjp" : "jvp")}[{Model.Name}]";

    private Shape From => Reverse ? Model.Output : Model.Input;

    private Shape To => Reverse ? Model.Input : Model.Output;

    private bool IsThere => Reverse ? Model.HasReverse : Model.HasForward;

    /// <summary>Fails if a program needs a derivative that its model does not have.</summary>
    /// <exception cref="NotSupportedException">It does; the message names the model.</exception>
    public static Function Require(Function function)
    {
        foreach (Primitive primitive in function.AllPrimitives())
        {
            if (primitive is ExternalProductNode { IsThere: false } product)
            {
                throw product.Missing();
            }
        }

        return function;
    }

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        Shape result = External.Leading(Model, From, operands[1], To);
        Shape leading = External.Leading(Model, Model.Input, operands[0], From);
        return leading == operands[1]
            ? result
            : throw new ShapeException(
                $"external model '{Model.Name}': the point {operands[0]} and the vector {operands[1]} have different leading axes.");
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) => tangents[0] is null
        ? Value.Emit(this, operands[0], tangents[1]!)
        : throw new NotSupportedException(
            $"The external model '{Model.Name}' has no second derivative. Wrap its derivative in StopGradient, or give the traced "
            + "function a rule of its own with WithJvp.");

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operand == 1 && operands[0] is { } point
            ? Value.Emit(this with { Reverse = !Reverse }, point, cotangent)
            : base.Cotangent(operand, operands, shapes, cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size));

    public override Step<T> Compile<T>(Storage storage) => IsThere ? new ProductStep<T>(storage, this) : throw Missing();

    private NotSupportedException Missing() => new(
        $"The external model '{Model.Name}' has no "
        + $"{(Reverse ? "vector-Jacobian product, which reverse mode" : "Jacobian-vector product, which forward mode")} needs. "
        + $"Give it {(Reverse ? "Vjp" : "Jvp")}, or set FiniteDifferences.");

    private sealed class ProductStep<T> : Step<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _point;
        private readonly int _from;
        private readonly int _to;
        private readonly ExternalProduct _product;

        public ProductStep(Storage storage, ExternalProductNode node)
            : base(storage)
        {
            _point = node.Model.Input.ElementCount;
            _from = node.From.ElementCount;
            _to = node.To.ElementCount;
            _product = (node.Reverse ? node.Model.Vjp : node.Model.Jvp) ?? new ExternalDifferences(node.Model).Product(node.Reverse);
        }

        public override object NewState() => new double[_point + _from + _to];

        public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
        {
            var memory = (double[])workspace.State(this);
            Span<double> x = memory.AsSpan(0, _point);
            Span<double> vector = memory.AsSpan(_point, _from);
            Span<double> product = memory.AsSpan(_point + _from);
            ReadOnlySpan<T> points = workspace.Read(Operand(0));
            ReadOnlySpan<T> vectors = workspace.Read(Operand(1));
            Span<T> to = workspace.Write(Result);
            for (int i = 0; i * _to < to.Length; i++)
            {
                ElementConversion.Convert(points.Slice(i * _point, _point), x);
                ElementConversion.Convert(vectors.Slice(i * _from, _from), vector);
                product.Clear();

                // A vector of zeros is that of a branch not taken, where the model need not have a derivative.
                if (vector.ContainsAnyExcept(0.0))
                {
                    _product(x, vector, product);
                }

                ElementConversion.Convert<double, T>(product, to.Slice(i * _to, _to));
            }
        }
    }
}

using System.Numerics;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A model of the user's, run once for every index of the leading axes. Its tangent is <see cref="ExternalProductNode"/>.
/// </summary>
internal sealed record External(ExternalModel Model) : SingleResult
{
    public override string Name => "external";

    public override string Describe() => $"external[{Model.Name}]";

    public override bool HasForward => Model.HasForward;

    public override bool HasReverse => Model.HasReverse;

    public override Shape InferShape(ReadOnlySpan<Shape> operands) => Leading(Model, Model.Input, operands[0], Model.Output);

    /// <summary>Checks that a shape ends in the expected one, and gives another one the same leading axes.</summary>
    public static Shape Leading(ExternalModel model, Shape expected, Shape actual, Shape result)
    {
        int leading = actual.Rank - expected.Rank;
        return leading >= 0 && actual.Lengths[leading..].SequenceEqual(expected.Lengths)
            ? Shape.Of([.. actual.Lengths[..leading], .. result.Lengths])
            : throw new ShapeException(
                $"external model '{model.Name}': takes {expected} (with any axes in front), but {actual} was given.");
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents) =>
        Value.Emit(new ExternalProductNode(Model, Reverse: false), operands[0], tangents[0]!);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) => Value.Emit(this, operands);

    public override Step<T> Compile<T>(Storage storage) => new ExternalStep<T>(storage, Model);

    private sealed class ExternalStep<T>(Storage storage, ExternalModel model) : Step<T>(storage)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _input = model.Input.ElementCount;
        private readonly int _output = model.Output.ElementCount;

        public override object NewState() => new double[_input + _output];

        public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
        {
            var memory = (double[])workspace.State(this);
            Span<double> x = memory.AsSpan(0, _input);
            Span<double> y = memory.AsSpan(_input);
            ReadOnlySpan<T> from = workspace.Read(Operand(0));
            Span<T> to = workspace.Write(Result);
            for (int i = 0; i * _output < to.Length; i++)
            {
                ElementConversion.Convert(from.Slice(i * _input, _input), x);
                y.Clear();
                model.Evaluate(x, y);
                ElementConversion.Convert<double, T>(y, to.Slice(i * _output, _output));
            }
        }
    }
}

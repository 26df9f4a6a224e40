using System.Globalization;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels.Fourier;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The discrete Fourier transform along an axis: y_k = Scale sum_n exp(-+2 pi i n k / N) x_n, with + if inverse. As a real map of (Re, Im)
/// its transpose is the conjugate transpose: the other sign, the same scale.
/// </summary>
internal sealed record ComplexFourier(int Axis, bool IsInverse, double Scale) : LinearTransform(Axis)
{
    public override string Name => "fourier";

    public override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"fourier[axis {Axis}{(IsInverse ? ", inverse" : "")}, scale {Scale:R}]");

    protected override int OperandParts => 2;

    protected override int ResultParts => 2;

    protected override int ResultLength(Shape operand) => operand[Axis];

    protected override LinearTransform Transposed(Shape operand) => this with { IsInverse = !IsInverse };

    protected override LinearTransform Along(int axis) => this with { Axis = axis };

    public override Step<T> Compile<T>(Storage storage)
    {
        int n = storage.OperandShapes[0][Axis];
        return new LineStep<T>(storage, Axis, n, lanes => new ComplexLines<T>(n, IsInverse, Scale, lanes));
    }
}

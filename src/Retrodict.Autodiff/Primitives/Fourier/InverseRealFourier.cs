using System.Globalization;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels.Fourier;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Real data of a given length from the frequencies 0 to N/2 along an axis: y_n = Scale Re sum_k w_k exp(2 pi i n k / N) x_k. The weight
/// w_k is 1 at the zero and the Nyquist frequency (the latter for even N), whose imaginary parts are ignored, and <paramref name="Weight"/>
/// at those between: with 2, which counts the conjugates left out, and the scale 1/N this is the inverse of <see cref="RealFourier"/>,
/// which with the same weight and scale is the transpose.
/// </summary>
internal sealed record InverseRealFourier(int Axis, int Length, double Weight, double Scale) : LinearTransform(Axis)
{
    public override string Name => "inverse-real-fourier";

    public override string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture, $"inverse-real-fourier[axis {Axis}, length {Length}, weight {Weight:R}, scale {Scale:R}]");

    protected override int OperandParts => 2;

    protected override int ResultParts => 1;

    protected override int ResultLength(Shape operand) =>
        Length >= 1 && operand[Axis] == (Length / 2) + 1
            ? Length
            : throw new ShapeException(
                $"{Name}: a length of {Length} {(Length < 1 ? "is not possible" : $"needs {(Length / 2) + 1} frequencies")}, but axis "
                + $"{Axis} of {operand} has {operand[Axis]}.");

    protected override LinearTransform Transposed(Shape operand) => new RealFourier(Axis, Weight, Scale);

    protected override LinearTransform Along(int axis) => this with { Axis = axis };

    public override Step<T> Compile<T>(Storage storage) => new LineStep<T>(
        storage, Axis, ForwardRealLines<T>.ComplexLength(Length), lanes => new BackwardRealLines<T>(Length, Weight, Scale, lanes));
}

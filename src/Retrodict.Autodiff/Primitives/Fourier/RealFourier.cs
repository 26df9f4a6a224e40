using System.Globalization;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels.Fourier;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// The discrete Fourier transform of real data along an axis, of which only the frequencies 0 to N/2 are kept, since the others are their
/// conjugates: y_k = Scale w_k sum_n exp(-2 pi i n k / N) x_n. The weight w_k is 1 at the zero and the Nyquist frequency (the latter for
/// even N), whose imaginary parts are 0, and <paramref name="Weight"/> at those between. <see cref="InverseRealFourier"/> with the same
/// weight and scale is the transpose.
/// </summary>
internal sealed record RealFourier(int Axis, double Weight, double Scale) : LinearTransform(Axis)
{
    public override string Name => "real-fourier";

    public override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"real-fourier[axis {Axis}, weight {Weight:R}, scale {Scale:R}]");

    protected override int OperandParts => 1;

    protected override int ResultParts => 2;

    protected override int ResultLength(Shape operand) => (operand[Axis] / 2) + 1;

    protected override LinearTransform Transposed(Shape operand) => new InverseRealFourier(Axis, operand[Axis], Weight, Scale);

    protected override LinearTransform Along(int axis) => this with { Axis = axis };

    public override Step<T> Compile<T>(Storage storage)
    {
        int n = storage.OperandShapes[0][Axis];
        return new LineStep<T>(
            storage, Axis, ForwardRealLines<T>.ComplexLength(n), lanes => new ForwardRealLines<T>(n, Weight, Scale, lanes));
    }
}

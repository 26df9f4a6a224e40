using System.Globalization;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels.Fourier;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A sum of cosines or sines along an axis, times a scale; see <see cref="SineCosineKind"/>. Type I is its own transpose, type II that of
/// type III.
/// </summary>
internal sealed record SineCosine(int Axis, SineCosineKind Kind, double Scale) : LinearTransform(Axis)
{
    public override string Name => "sine-cosine";

    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"sine-cosine[{Kind}, axis {Axis}, scale {Scale:R}]");

    protected override int OperandParts => 1;

    protected override int ResultParts => 1;

    protected override int MinimumLength => Kind == SineCosineKind.Cosine1 ? 2 : 1;

    protected override int ResultLength(Shape operand) => operand[Axis];

    protected override LinearTransform Transposed(Shape operand) => this with
    {
        Kind = Kind switch
        {
            SineCosineKind.Cosine2 => SineCosineKind.Cosine3,
            SineCosineKind.Cosine3 => SineCosineKind.Cosine2,
            SineCosineKind.Sine2 => SineCosineKind.Sine3,
            SineCosineKind.Sine3 => SineCosineKind.Sine2,
            _ => Kind,
        },
    };

    protected override LinearTransform Along(int axis) => this with { Axis = axis };

    public override Step<T> Compile<T>(Storage storage)
    {
        int n = storage.OperandShapes[0][Axis];
        int complexLength = ForwardRealLines<T>.ComplexLength(SineCosineLines<T>.InnerLength(n, Kind));
        return new LineStep<T>(storage, Axis, complexLength, lanes => new SineCosineLines<T>(n, Kind, Scale, lanes));
    }
}

using Retrodict.Autodiff;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Catalogue.Problems;

/// <summary>
/// The initial temperature of a cube, from a slightly blurred and distorted measurement of its cooled state. All quantities are
/// dimensionless.
/// </summary>
/// <remarks>
/// On the grid of 8³ interior points with coordinates i / 9, the faces held at zero, the heat equation multiplies the sine mode (k1, k2,
/// k3) by exp(-kappa pi² (k1² + k2² + k3²) T), one factor an axis: cooling is the same 8 x 8 matrix A = Phi diag(decay) Phi^T along
/// each of the three axes.
/// <code>
///   u = (A x A x A) x                    cooling for the time T
///   z = 0.975 u + 0.025 blur(u)          blur: 8/14 of a point and 1/14 of each of its six neighbors, zero outside
///   y = z + 0.020 z³ + 0.008 sin(2 z)    the sensor's response
/// </code>
/// An unknown is a sum of the 3³ lowest modes, each of unit 2-norm on the grid, with weights N(0, 1) / (k1 k2 k3), and one bump
/// a exp(-½ sum over axes of ((s - c) / w)²); the sum is moved and scaled to span [0, 1].
/// </remarks>
internal sealed class Heat3D : BenchmarkProblem
{
    private const int Size = 8;
    private const int Modes = 3;
    private const double Conductivity = 0.10;
    private const double Time = 0.012;
    private const double BlurWeight = 0.025;
    private const double CubicResponse = 0.020;
    private const double SineResponse = 0.008;

    private readonly double[,] _sines = SineModes.Orthonormal(Size);

    public override string Name => "heat-3d";

    public override string Title => "initial temperature of a cube from a blurred, distorted measurement of its cooled state";

    public override string Source => "A. L. Kachhadiya, arXiv 2605.13068";

    public override string Distribution =>
        "a sum of the 3 x 3 x 3 lowest sine modes of unit 2-norm with weights N(0, 1) / (k1 k2 k3), and one Gaussian bump with center "
            + "U(0.3, 0.7) and width " +
        "U(0.10, 0.14) along each axis and amplitude U(0.02, 0.10), moved and scaled to span [0, 1]";

    public override Shape UnknownShape => Shape.Of([Size, Size, Size]);

    public override Box Bounds { get; } = new(0, 1);

    public override Scale Noise { get; } = 0.0015;

    public override double Tolerance => 0.38;

    public override int MaxIterations => 80;

    public override SplitSizes Sizes { get; } = new(Train: 4000, Validation: 400, Test: 80);

    /// <summary>Beside 160 components there is a standard deviation of 1.7e-4 left in each direction, a ninth of the noise: the data do not
    /// tell it.</summary>
    internal override int? CovarianceComponents => 160;

    private protected override Value Observe(Value x)
    {
        Value sines = Constant(_sines);
        Value cooling = MatMul(sines * Constant(SineModes.Decay(Size, Conductivity, Time)), sines.Permute());
        Value u = Einsum("ai,ijk->ajk", cooling, x);
        u = Einsum("bj,ajk->abk", cooling, u);
        u = Einsum("ck,abk->abc", cooling, u);
        Value z = ((1 - BlurWeight) * u) + (BlurWeight * Blur(u));
        return z + (CubicResponse * (z * z * z)) + (SineResponse * Sin(2 * z));
    }

    private protected override void Draw(RandomStream stream, Span<double> x)
    {
        Span<double> coefficients = stackalloc double[Modes * Modes * Modes];
        for (int i = 0; i < coefficients.Length; i++)
        {
            (int k1, int k2, int k3) = ((i / (Modes * Modes)) + 1, (i / Modes % Modes) + 1, (i % Modes) + 1);
            coefficients[i] = stream.NextNormal() / (k1 * k2 * k3);
        }

        Span<double> center = stackalloc double[3], width = stackalloc double[3];
        foreach (ref double c in center)
        {
            c = stream.NextUniform(0.3, 0.7);
        }

        foreach (ref double w in width)
        {
            w = stream.NextUniform(0.10, 0.14);
        }

        // Both terms are products over the axes, so a plane costs as little as its lines.
        double amplitude = stream.NextUniform(0.02, 0.10);
        Span<double> bumps = stackalloc double[3 * Size];
        for (int i = 0; i < bumps.Length; i++)
        {
            double distance = (((i % Size) + 1.0) / (Size + 1)) - center[i / Size];
            bumps[i] = Math.Exp(-0.5 * Math.Pow(distance / width[i / Size], 2));
        }

        Span<double> planes = stackalloc double[Modes * Modes];
        Span<double> line = stackalloc double[Modes];
        for (int i = 0; i < Size; i++)
        {
            Contract(coefficients, i, planes);
            for (int j = 0; j < Size; j++)
            {
                Contract(planes, j, line);
                Span<double> points = x.Slice(((i * Size) + j) * Size, Size);
                double bump = amplitude * bumps[i] * bumps[Size + j];
                for (int k = 0; k < Size; k++)
                {
                    points[k] = bump * bumps[(2 * Size) + k];
                    for (int mode = 0; mode < Modes; mode++)
                    {
                        points[k] += line[mode] * _sines[k, mode];
                    }
                }
            }
        }

        UnitRange.Rescale(x);
    }

    private static Value Blur(Value u)
    {
        var kernel = new double[27];
        foreach (int face in (ReadOnlySpan<int>)[4, 10, 12, 14, 16, 22])
        {
            kernel[face] = 1.0 / 14;
        }

        kernel[13] = 8.0 / 14;
        Value field = u.Reshape(1, Size, Size, Size);
        return Convolve(field, Constant(kernel, [1, 1, 3, 3, 3]), new ConvolutionOptions { Padding = Padding.Same }).Reshape(u.Shape);
    }

    /// <summary>Sums the first axis of coefficients over its modes at a grid point.</summary>
    private void Contract(ReadOnlySpan<double> coefficients, int point, Span<double> sums)
    {
        sums.Clear();
        for (int mode = 0; mode < Modes; mode++)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += coefficients[(mode * sums.Length) + i] * _sines[point, mode];
            }
        }
    }
}

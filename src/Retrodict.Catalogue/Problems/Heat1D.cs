using Retrodict.Autodiff;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Catalogue.Problems;

/// <summary>
/// The initial temperature of a rod, from a distorted measurement of its cooled state. All quantities are dimensionless.
/// </summary>
/// <remarks>
/// On the grid s_i = i / 65, i = 1..64, with the ends held at zero, the heat equation u_t = kappa u_ss multiplies sine mode k by
/// exp(-kappa (pi k)² T). With the orthonormal modes Phi[i, k] = sqrt(2 / 65) sin(pi k s_i),
/// <code>
///   u = Phi diag(decay) Phi^T x          cooling for the time T
///   z = M u                              neighbors mix in the sensor; the rows of M sum to 1
///   y = z + 0.18 z³ + 0.08 sin(3 z)      the sensor's response
/// </code>
/// An unknown is a sum of the first ten modes, with N(0, 1) + 0.25 N(0, 1) for the first and N(0, 1) / k for the others, moved and scaled
/// to span [0, 1]. The published experiments add noise to test observations alone; here every split has noisy and noise-free ones, and
/// statistics come from the latter.
/// </remarks>
internal sealed class Heat1D : BenchmarkProblem
{
    private const int Size = 64;
    private const int Modes = 10;
    private const double Conductivity = 0.18;
    private const double Time = 0.08;
    private const double NeighborWeight = 0.10;
    private const double CubicResponse = 0.18;
    private const double SineResponse = 0.08;

    private readonly double[,] _sines = SineModes.Orthonormal(Size);

    public override string Name => "heat-1d";

    public override string Title => "initial temperature of a rod from a distorted measurement of its cooled state";

    public override string Source => "A. L. Kachhadiya, arXiv 2605.13068";

    public override string Distribution =>
        "a sum of the first ten sine modes with weights N(0, 1) + 0.25 N(0, 1) for the first and N(0, 1) / k for the others, moved and "
            + "scaled to span [0, 1]";

    public override Shape UnknownShape => Size;

    public override Box Bounds { get; } = new(0, 1);

    public override Scale Noise { get; } = 0.01;

    public override double Tolerance => 0.30;

    public override int MaxIterations => 120;

    public override SplitSizes Sizes { get; } = new(Train: 4000, Validation: 500, Test: 300);

    private protected override Value Observe(Value x)
    {
        Value sines = Constant(_sines);
        Value cooling = MatMul(sines * Constant(SineModes.Decay(Size, Conductivity, Time)), sines.Permute());
        Value z = MatMul(MatMul(Constant(Mixing()), cooling), x);
        return z + (CubicResponse * (z * z * z)) + (SineResponse * Sin(3 * z));
    }

    private protected override void Draw(RandomStream stream, Span<double> x)
    {
        Span<double> coefficients = stackalloc double[Modes];
        coefficients[0] = stream.NextNormal() + (0.25 * stream.NextNormal());
        for (int k = 2; k <= Modes; k++)
        {
            coefficients[k - 1] = stream.NextNormal() / k;
        }

        for (int i = 0; i < Size; i++)
        {
            x[i] = 0;
            for (int k = 0; k < Modes; k++)
            {
                x[i] += coefficients[k] * _sines[i, k];
            }
        }

        UnitRange.Rescale(x);
    }

    /// <summary>M: a point and its neighbors, the rows divided by their sums; the two ends have one neighbor.</summary>
    private static double[,] Mixing()
    {
        var mixing = new double[Size, Size];
        for (int i = 0; i < Size; i++)
        {
            int neighbors = i is 0 or Size - 1 ? 1 : 2;
            for (int j = Math.Max(i - 1, 0); j <= Math.Min(i + 1, Size - 1); j++)
            {
                mixing[i, j] = (i == j ? 1 : NeighborWeight) / (1 + (neighbors * NeighborWeight));
            }
        }

        return mixing;
    }
}

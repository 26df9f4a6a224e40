using Retrodict.Autodiff;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Catalogue.Problems;

/// <summary>
/// The initial temperature of a rod, from its state after 200 explicit Euler steps of the heat equation. All quantities are dimensionless.
/// </summary>
/// <remarks>
/// The 64 points are interior, s_i = i / 65, i = 1..64. The ends s = 0 and s = 1 are held at zero and are neither unknown nor observed:
/// they have no variance by which a residual could be standardized. A step is
/// <code>
///   u_i &lt;- u_i + 0.45 (u_{i+1} - 2 u_i + u_{i-1}),   u_0 = u_65 = 0
/// </code>
/// and the whole field after 200 steps is observed. In exact arithmetic sine mode k is multiplied by (1 - 1.8 sin²(pi k / 130))^200. The
/// steps are linear, so the model is one product with the matrix whose columns are the stepped unit vectors: the same up to rounding, at a
/// hundredth of the cost. An unknown is the sum over k = 1..12 of N(0, 0.5²) sin(k pi s), clipped to [-3, 3].
/// </remarks>
internal sealed class Heat1DExplicit : BenchmarkProblem
{
    /// <summary>The number of Euler steps.</summary>
    public const int Steps = 200;

    /// <summary>kappa times the time step over the square of the spacing; Euler's method is stable up to 1/2.</summary>
    public const double DiffusionNumber = 0.45;

    private const int Size = 64;
    private const int Modes = 12;
    private const double ModeDeviation = 0.5;
    private const double Limit = 3;

    public override string Name => "heat-1d-explicit";

    public override string Title => "initial temperature of a rod from its state after 200 explicit time steps";

    public override string Source => "A. L. Kachhadiya, arXiv 2511.21076";

    public override string Distribution => "the sum over k = 1..12 of N(0, 0.5^2) sin(k pi s), clipped to [-3, 3]";

    public override Shape UnknownShape => Size;

    public override Box Bounds { get; } = new(-Limit, Limit);

    public override Scale Noise { get; } = 0.02;

    public override double Tolerance => 0.30;

    public override int MaxIterations => 200;

    public override SplitSizes Sizes { get; } = new(Train: 5000, Validation: 500, Test: 500);

    private protected override Value Observe(Value x) => MatMul(Constant(Propagator()), x);

    private protected override void Draw(RandomStream stream, Span<double> x)
    {
        Span<double> coefficients = stackalloc double[Modes];
        foreach (ref double coefficient in coefficients)
        {
            coefficient = ModeDeviation * stream.NextNormal();
        }

        for (int i = 0; i < Size; i++)
        {
            double sum = 0;
            for (int k = 1; k <= Modes; k++)
            {
                sum += coefficients[k - 1] * Math.Sin(Math.PI * k * (i + 1) / (Size + 1));
            }

            x[i] = Math.Clamp(sum, -Limit, Limit);
        }
    }

    /// <summary>The matrix of all steps: column j is the unit vector j, stepped.</summary>
    private static double[,] Propagator()
    {
        var propagator = new double[Size, Size];
        Span<double> field = stackalloc double[Size];
        for (int j = 0; j < Size; j++)
        {
            field.Clear();
            field[j] = 1;
            for (int step = 0; step < Steps; step++)
            {
                Step(field);
            }

            for (int i = 0; i < Size; i++)
            {
                propagator[i, j] = field[i];
            }
        }

        return propagator;
    }

    private static void Step(Span<double> field)
    {
        double before = 0;
        for (int i = 0; i < field.Length; i++)
        {
            double here = field[i];
            double after = i + 1 < field.Length ? field[i + 1] : 0;
            field[i] = here + (DiffusionNumber * (after - (2 * here) + before));
            before = here;
        }
    }
}

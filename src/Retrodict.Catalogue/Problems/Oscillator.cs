using Retrodict.Autodiff;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Catalogue.Problems;

/// <summary>
/// Mass, damping, stiffness and initial state of an oscillator, m q'' + c q' + k q = 0, from its measured motion. All quantities are
/// dimensionless.
/// </summary>
/// <remarks>
/// The unknown is (m, c, k, q(0), q'(0)), drawn uniformly from the box. The classical Runge-Kutta method of order 4 takes 8 steps from each
/// of 64 observation times to the next, t_j = 5 j / 63, j = 0..63; q is observed at each of them, the start included.
/// <para>
/// With s = (q, q'), s' = M s, M = [[0, 1], [-k/m, -c/m]], a step of length h is s &lt;- P s, P = I + hM + (hM)²/2 + (hM)³/6 +
/// (hM)⁴/24. From one observation to the next it is Q = P⁸; the states at times 0 to 2^p - 1 times Q^(2^p) are those at the times 2^p
/// to 2^(p+1) - 1, so six doublings give all 64. This is stepping up to rounding, in 25 small products instead of 504 steps.
/// </para>
/// <para>
/// The equation is homogeneous: m, c and k may be multiplied by any number without changing the motion. Recovery is judged on (c/m, k/m,
/// q(0), q'(0)).
/// </para>
/// </remarks>
internal sealed class Oscillator : BenchmarkProblem
{
    private const double Duration = 5;
    private const int Times = 64;
    private const int StepsBetween = 8;

    public override string Name => "oscillator";

    public override string Title => "mass, damping, stiffness and initial state of an oscillator from its motion";

    public override string Source => "A. L. Kachhadiya, arXiv 2511.21076";

    public override string Distribution =>
        "independent: mass m from U(0.5, 2), damping c from U(0, 1), stiffness k from U(0.5, 5), initial position and velocity from U(-2, "
            + "2)";

    public override Shape UnknownShape => 5;

    public override Box Bounds { get; } = new([0.5, 0, 0.5, -2, -2], [2, 1, 5, 2, 2]);

    public override Scale Noise { get; } = 0.01;

    public override double Tolerance => 0.30;

    public override int MaxIterations => 200;

    /// <summary>The middle of the box.</summary>
    public override ReadOnlySpan<double> Start => new double[] { 1.25, 0.5, 2.75, 0, 0 };

    public override SplitSizes Sizes { get; } = new(Train: 5000, Validation: 500, Test: 500);

    public override IReadOnlyList<string> RecoveredQuantities { get; } = ["c/m", "k/m", "q(0)", "q'(0)"];

    private protected override void Quantify(ReadOnlySpan<double> x, Span<double> quantities)
    {
        quantities[0] = x[1] / x[0];
        quantities[1] = x[2] / x[0];
        x[3..].CopyTo(quantities[2..]);
    }

    private protected override Value Observe(Value x)
    {
        (Value m, Value c, Value k) = (x[0], x[1], x[2]);
        const double Step = Duration / ((Times - 1) * StepsBetween);
        Value rate = Step * Stack(Stack(0, 1), Stack(-k / m, -c / m));

        // The Runge-Kutta polynomial by Horner's rule.
        Value identity = Eye(2);
        Value step = identity + (rate / 4);
        for (int order = 3; order >= 1; order--)
        {
            step = identity + MatMul(rate / order, step);
        }

        Value between = step;
        for (int steps = 1; steps < StepsBetween; steps *= 2)
        {
            between = MatMul(between, between);
        }

        Value states = x[3..].Reshape(2, 1);
        for (int times = 1; times < Times; times *= 2)
        {
            states = Concatenate(1, states, MatMul(between, states));
            between = MatMul(between, between);
        }

        return states[0];
    }

    private protected override void Draw(RandomStream stream, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = stream.NextUniform(Bounds.Lower(i), Bounds.Upper(i));
        }
    }
}

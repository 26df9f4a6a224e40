using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Powell's dogleg on the free unknowns, in the norm ‖D p‖, D the largest lengths that J's columns have had, which makes it indifferent
/// to units. With the scaled gradient h = D^-1 g the Cauchy point is -t D^-1 h, t = ‖h‖² / ‖J D^-1 h‖²; the step is the last
/// point of the path 0, Cauchy point, Gauss-Newton point with ‖D p‖ at most the radius (Nocedal and Wright 2006, Numerical
/// Optimization, section 4.1).
/// </summary>
internal sealed class DoglegDirection(Objective objective, LinearizedResiduals linearized, DampedSolver solver)
    : TrustRegionDirection(objective, linearized)
{
    private readonly double[] _cauchy = new double[objective.Unknowns];
    private readonly double[] _gaussNewton = new double[objective.Unknowns];
    private readonly double[] _product = new double[objective.Rows];
    private readonly int[] _free = new int[objective.Unknowns];
    private int _count;
    private long _version = -1;
    private double _fullDecrease;

    protected override ReadOnlySpan<double> Curvature => Linearized.Diagonal;

    public override void Compute(Point point, ProposalDraft draft)
    {
        base.Compute(point, draft);
        double decrease = ModelDecrease(point, draft.Direction);
        draft.FullShare = _fullDecrease > 0 ? Math.Clamp(decrease / _fullDecrease, 1e-16, 1) : 1;
    }

    protected override void SolveFree(Point point, ProposalDraft draft, ReadOnlySpan<int> free)
    {
        if (_version != Linearized.Version || !free.SequenceEqual(_free.AsSpan(0, _count)))
        {
            FindEnds(point, free);
        }

        double radius = Radius;
        double full = Math.Sqrt(Product(_gaussNewton, _gaussNewton));
        double cauchy = Math.Sqrt(Product(_cauchy, _cauchy));
        draft.IsRestricted = full > radius;
        draft.StepShare = full > radius ? radius / full : 1;
        (double a, double b) = full <= radius ? (0, 1)
            : cauchy >= radius ? (radius / cauchy, 0)
            : Leg(cauchy, full, radius);
        foreach (int i in free)
        {
            draft.Direction[i] = (a * _cauchy[i]) + (b * _gaussNewton[i]);
        }
    }

    private void FindEnds(Point point, ReadOnlySpan<int> free)
    {
        free.CopyTo(_free);
        (_version, _count) = (Linearized.Version, free.Length);
        Array.Clear(_cauchy);
        Array.Clear(_gaussNewton);
        _fullDecrease = 0;
        if (free.IsEmpty)
        {
            return;
        }

        point.CountLinearSolve();
        solver.Prepare(point, free, 0, Scale);
        solver.Solve(point, point.Corrected, point.Gradient, _gaussNewton);
        foreach (int i in free)
        {
            _cauchy[i] = Scale[i] > 0 ? -point.Gradient[i] / Scale[i] : 0;
        }

        double squares = Slope(point, _cauchy);
        Linearized.Times(point, _cauchy, _product);
        double curvature = Vectors.Dot(_product, _product);
        Vectors.Scale(curvature > 0 ? squares / curvature : 1, _cauchy);
        _fullDecrease = ModelDecrease(point, _gaussNewton);
    }

    /// <summary>The point of the second leg, c + b (g - c), whose length is the radius: the positive root of a quadratic.</summary>
    private (double Cauchy, double GaussNewton) Leg(double cauchy, double full, double radius)
    {
        // In units of the radius, so that no fourth power overflows.
        double inner = Product(_cauchy, _gaussNewton) / radius / radius;
        (cauchy, full) = (cauchy / radius, full / radius);
        double square = (cauchy * cauchy) - (2 * inner) + (full * full);
        double half = inner - (cauchy * cauchy);
        double missing = 1 - (cauchy * cauchy);
        double root = Math.Sqrt((half * half) + (square * missing));

        // The form without cancellation.
        double b = half > 0 ? missing / (half + root) : (root - half) / square;
        return (1 - b, b);
    }

    /// <summary>a D² b.</summary>
    private double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += Scale[i] * a[i] * b[i];
        }

        return sum;
    }
}

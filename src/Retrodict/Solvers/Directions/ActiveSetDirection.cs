namespace Retrodict.Solvers;

/// <summary>
/// A direction that minimizes a quadratic model over the unknowns that are free of their bounds. Held unknowns near their bound take a scaled gradient step,
/// which the projection ends at the bound. Unknowns at a bound that the step would take out of the box are held as well, and it is computed again for the rest:
/// the projection would keep them there, and without their part the step of the others is no minimizer.
/// </summary>
internal abstract class ActiveSetDirection(Objective model) : Direction
{
    private readonly int[] _free = new int[model.Unknowns];
    private int _count;

    protected Objective Model => model;

    /// <summary>The unknowns that the last <see cref="SolveFree"/> was for.</summary>
    protected ReadOnlySpan<int> Free => _free.AsSpan(0, _count);

    /// <summary>The diagonal of the model's curvature, not negative: scales the steps of held unknowns.</summary>
    protected abstract ReadOnlySpan<double> Curvature { get; }

    public override void Compute(Iterate iterate)
    {
        Box bounds = model.Problem.Bounds;
        int count = ActiveSet.Find(bounds, iterate.X, iterate.Gradient, Curvature, iterate.Active);
        Solve(iterate, count);
        for (int left = HoldClipped(iterate); left < count && left > 0; left = HoldClipped(iterate))
        {
            count = left;
            Solve(iterate, count);
        }

        // The model's decrease, -g.p - p.B p / 2, is -g.p / 2 for the minimizer. Held unknowns gain what the slope gives up to their bound.
        iterate.PredictedDecrease = 0;
        foreach (int i in Free)
        {
            iterate.PredictedDecrease -= 0.5 * iterate.Gradient[i] * iterate.Direction[i];
        }

        MoveHeld(iterate, bounds);
    }

    /// <summary>Computes the free components of <see cref="Iterate.Direction"/>; the others are zero.</summary>
    protected abstract void SolveFree(Iterate iterate, ReadOnlySpan<int> free);

    private void MoveHeld(Iterate iterate, Box bounds)
    {
        ReadOnlySpan<double> curvature = Curvature;
        for (int i = 0; i < curvature.Length; i++)
        {
            if (iterate.Active[i] && curvature[i] > 0)
            {
                // One that sits at its bound stays there.
                (double x, double lower, double upper) = (iterate.X[i], bounds.Lower(i), bounds.Upper(i));
                double step = lower < x && x < upper ? -iterate.Gradient[i] / curvature[i] : 0;
                iterate.Direction[i] = step;
                iterate.PredictedDecrease += iterate.Gradient[i] * (x - Math.Clamp(x + step, lower, upper));
            }
        }
    }

    private void Solve(Iterate iterate, int count)
    {
        _count = count;
        for (int i = 0, f = 0; f < count; i++)
        {
            if (!iterate.Active[i])
            {
                _free[f++] = i;
            }
        }

        Array.Clear(iterate.Direction);
        SolveFree(iterate, Free);
    }

    /// <summary>
    /// Holds the free unknowns that sit at a bound and that the direction would take out of the box. It stays a descent direction: these unknowns have
    /// g_i p_i >= 0.
    /// </summary>
    /// <returns>How many are still free.</returns>
    private int HoldClipped(Iterate iterate)
    {
        Box bounds = model.Problem.Bounds;
        int free = 0;
        for (int i = 0; i < iterate.X.Length; i++)
        {
            double p = iterate.Direction[i];
            iterate.Active[i] |= (p < 0 && iterate.X[i] <= bounds.Lower(i)) || (p > 0 && iterate.X[i] >= bounds.Upper(i));
            free += iterate.Active[i] ? 0 : 1;
        }

        return free;
    }
}

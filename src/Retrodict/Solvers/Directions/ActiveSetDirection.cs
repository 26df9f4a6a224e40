namespace Retrodict.Solvers;

/// <summary>
/// A direction that minimizes a quadratic model over the unknowns that are free of their bounds. Held unknowns near their bound take a
/// scaled gradient step, which the projection ends at the bound. Unknowns at a bound that the step would take out of the box are held as
/// well, and it is computed again for the rest: the projection would keep them there, and without their part the step of the others is no
/// minimizer.
/// </summary>
internal abstract class ActiveSetDirection(Objective objective) : Direction
{
    private readonly int[] _free = new int[objective.Unknowns];
    private int _count;

    protected Objective Objective => objective;

    /// <summary>The unknowns that the last <see cref="SolveFree"/> was for.</summary>
    protected ReadOnlySpan<int> Free => _free.AsSpan(0, _count);

    /// <summary>The diagonal of the model's curvature, not negative: scales the steps of held unknowns.</summary>
    protected abstract ReadOnlySpan<double> Curvature { get; }

    public override void Compute(Point point, ProposalDraft draft)
    {
        Box bounds = objective.Problem.Bounds;
        int count = ActiveSet.Find(bounds, point.X, point.Gradient, Curvature, draft.Active);
        Solve(point, draft, count);
        for (int left = HoldClipped(point, draft); left < count && left > 0; left = HoldClipped(point, draft))
        {
            count = left;
            Solve(point, draft, count);
        }

        // The model's decrease, -g.p - p.B p / 2, is -g.p / 2 for the minimizer. Held unknowns gain what the slope gives up to their bound.
        double decrease = 0;
        foreach (int i in Free)
        {
            decrease -= 0.5 * point.Gradient[i] * draft.Direction[i];
        }

        draft.PredictedDecrease = decrease;
        MoveHeld(point, draft, bounds);
    }

    /// <summary>Computes the free components of <see cref="Proposal.Direction"/>; the others are zero.</summary>
    protected abstract void SolveFree(Point point, ProposalDraft draft, ReadOnlySpan<int> free);

    private void MoveHeld(Point point, ProposalDraft draft, Box bounds)
    {
        ReadOnlySpan<double> curvature = Curvature;
        for (int i = 0; i < curvature.Length; i++)
        {
            if (draft.Active[i] && curvature[i] > 0)
            {
                // One that sits at its bound stays there.
                (double x, double lower, double upper) = (point.X[i], bounds.Lower(i), bounds.Upper(i));
                double step = lower < x && x < upper ? -point.Gradient[i] / curvature[i] : 0;
                draft.Direction[i] = step;
                draft.PredictedDecrease += point.Gradient[i] * (x - Math.Clamp(x + step, lower, upper));
            }
        }
    }

    private void Solve(Point point, ProposalDraft draft, int count)
    {
        _count = count;
        ReadOnlySpan<bool> active = draft.Active;
        for (int i = 0, f = 0; f < count; i++)
        {
            if (!active[i])
            {
                _free[f++] = i;
            }
        }

        draft.Direction.Clear();
        SolveFree(point, draft, Free);
    }

    /// <summary>
    /// Holds the free unknowns that sit at a bound and that the direction would take out of the box. It stays a descent direction: these
    /// unknowns have g_i p_i >= 0.
    /// </summary>
    /// <returns>How many are still free.</returns>
    private int HoldClipped(Point point, ProposalDraft draft)
    {
        Box bounds = objective.Problem.Bounds;
        int free = 0;
        ReadOnlySpan<double> x = point.X;
        ReadOnlySpan<double> direction = draft.Direction;
        Span<bool> active = draft.Active;
        for (int i = 0; i < x.Length; i++)
        {
            double p = direction[i];
            active[i] |= (p < 0 && x[i] <= bounds.Lower(i)) || (p > 0 && x[i] >= bounds.Upper(i));
            free += active[i] ? 0 : 1;
        }

        return free;
    }
}

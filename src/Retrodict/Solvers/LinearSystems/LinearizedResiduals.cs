namespace Retrodict.Solvers;

/// <summary>The linearized residuals r + J p at the current point, whichever way J is known. With a robust loss r are
/// <see cref="Point.Corrected"/> and J's rows are multiplied by <see cref="Point.RowScale"/>.</summary>
internal abstract class LinearizedResiduals(Objective objective)
{
    /// <summary>The diagonal of J^T J, or an estimate of it.</summary>
    public double[] Diagonal { get; } = new double[objective.Unknowns];

    /// <summary>Counts the points linearized at and the changes of scales, so that factors know what they belong to.</summary>
    public long Version { get; private set; }

    /// <summary>The largest cosine between the residual and a column of J whose unknown is free: see
    /// <see cref="StoppingRule.GradientTolerance"/>.</summary>
    public double Optimality { get; internal set; }

    protected Objective Objective => objective;

    /// <summary>Computes the gradient J^T r, the diagonal and the optimality at the current point.</summary>
    /// <param name="point">The current point.</param>
    /// <param name="draft">Receives the optimality and the diagonal.</param>
    /// <returns>Whether all of it is finite.</returns>
    public bool Linearize(Point point, ProposalDraft draft)
    {
        bool finite = Linearize(point);
        draft.Optimality = Optimality;
        draft.SetColumns(Diagonal);
        return finite;
    }

    /// <summary>Computes the gradient J^T r, the diagonal and the optimality at the current point.</summary>
    /// <returns>Whether all of it is finite.</returns>
    public bool Linearize(Point point)
    {
        Version++;
        Differentiate(point);
        double residualNorm = Math.Sqrt(2 * point.Cost);
        double optimality = 0;
        bool finite = true;
        Box bounds = objective.Problem.Bounds;
        ReadOnlySpan<double> gradient = point.Gradient;
        ReadOnlySpan<double> diagonal = Diagonal.AsSpan(0, gradient.Length);
        for (int i = 0; i < gradient.Length; i++)
        {
            double g = gradient[i];
            finite &= double.IsFinite(diagonal[i]) && double.IsFinite(g);
            if (g != 0 && !ActiveSet.Blocked(bounds, i, point.X[i], g))
            {
                optimality = Math.Max(optimality, Math.Abs(g) / (Math.Sqrt(diagonal[i]) * residualNorm));
            }
        }

        Optimality = optimality;
        return finite;
    }

    /// <summary>Says that scales have changed, so that what was factored with them is of no use any more.</summary>
    public void ForgetFactors() => Version++;

    /// <summary>J v.</summary>
    public abstract void Times(Point point, ReadOnlySpan<double> vector, Span<double> product);

    /// <summary>J^T u.</summary>
    public abstract void TransposedTimes(Point point, ReadOnlySpan<double> vector, Span<double> product);

    /// <summary>Computes what the products need, <see cref="Point.Gradient"/> and <see cref="Diagonal"/>.</summary>
    protected abstract void Differentiate(Point point);
}

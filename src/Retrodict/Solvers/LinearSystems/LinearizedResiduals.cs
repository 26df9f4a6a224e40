namespace Retrodict.Solvers;

/// <summary>The linearized residuals r + J p at the current point, whichever way J is known. With a robust loss r are <see cref="Iterate.Corrected"/> and J's rows
/// are multiplied by <see cref="Iterate.RowScale"/>.</summary>
internal abstract class LinearizedResiduals(Objective model)
{
    /// <summary>The diagonal of J^T J, or an estimate of it.</summary>
    public double[] Diagonal { get; } = new double[model.Unknowns];

    /// <summary>Counts the points linearized at, so that factors know what they belong to.</summary>
    public long Version { get; private set; }

    protected Objective Model => model;

    /// <summary>Computes the gradient J^T r, the diagonal and the optimality at the current point.</summary>
    /// <returns>Whether all of it is finite.</returns>
    public bool Linearize(Iterate iterate)
    {
        Version++;
        Differentiate(iterate);
        double residualNorm = Math.Sqrt(2 * iterate.Cost);
        double optimality = 0;
        bool finite = true;
        for (int i = 0; i < Diagonal.Length; i++)
        {
            double gradient = iterate.Gradient[i];
            finite &= double.IsFinite(Diagonal[i]) && double.IsFinite(gradient);
            if (gradient != 0 && !ActiveSet.Blocked(model.Problem.Bounds, i, iterate.X[i], gradient))
            {
                optimality = Math.Max(optimality, Math.Abs(gradient) / (Math.Sqrt(Diagonal[i]) * residualNorm));
            }
        }

        iterate.Optimality = optimality;
        return finite;
    }

    /// <summary>J v.</summary>
    public abstract void Times(Iterate iterate, ReadOnlySpan<double> vector, Span<double> product);

    /// <summary>J^T u.</summary>
    public abstract void TransposedTimes(Iterate iterate, ReadOnlySpan<double> vector, Span<double> product);

    /// <summary>Computes what the products need, <see cref="Iterate.Gradient"/> and <see cref="Diagonal"/>.</summary>
    protected abstract void Differentiate(Iterate iterate);
}

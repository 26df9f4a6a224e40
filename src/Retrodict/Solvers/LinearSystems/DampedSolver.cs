namespace Retrodict.Solvers;

/// <summary>How min ‖r + J p‖² + damping ‖D p‖² over the free unknowns is solved.</summary>
internal abstract class DampedSolver
{
    /// <summary>Factors, if the solver does.</summary>
    /// <param name="point">The point.</param>
    /// <param name="free">The free unknowns, at least one.</param>
    /// <param name="damping">The damping; 0 for none.</param>
    /// <param name="scale">The squares of D.</param>
    public abstract void Prepare(Point point, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale);

    /// <summary>The free components of p, as <see cref="Prepare"/> was told; the others are left alone.</summary>
    /// <param name="point">The point.</param>
    /// <param name="residual">r.</param>
    /// <param name="gradient">J^T r.</param>
    /// <param name="step">Receives p.</param>
    public abstract void Solve(Point point, ReadOnlySpan<double> residual, ReadOnlySpan<double> gradient, Span<double> step);

    /// <summary>v^T (J^T J + damping D²)^-1 v over the free unknowns, as <see cref="Prepare"/> was told; NaN where the solver does not
    /// factor.</summary>
    public virtual double InverseForm(ReadOnlySpan<double> v) => double.NaN;

    /// <summary>‖D p‖ over the free unknowns and its derivative by the damping, as <see cref="Prepare"/> was told, without p and in
    /// much less work; NaN where the solver has no such way.</summary>
    /// <param name="point">The point; r are its residuals.</param>
    public virtual (double Length, double Slope) Length(Point point) => (double.NaN, double.NaN);
}

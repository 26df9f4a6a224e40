// A row of the misfit r adds f(r) = ½ c^2 rho(s), s = (r / c)^2, with
//     f' = rho' r,      f'' = rho' + 2 s rho''.
// Gauss-Newton on the rows r~ with the Jacobian J~ = diag(w) J sees the gradient J~^T r~ and the curvature J~^T J~. With w r~ = rho' r the
// gradient is exact; w^2 = f'' would make the curvature the loss's own (Triggs et al. 2000, Bundle adjustment: a modern synthesis, section
// 4.3 and eq. 12; the 1 - alpha of Ceres' corrector is sqrt(f'' / rho') for a single row), but where a residual is large f'' is zero or
// negative. There the curvature is held at a part of rho', the one of iteratively reweighted least squares, which a concave rho never
// exceeds:
//     w^2 = max(f'', part rho').
// All of rho' (Ceres for rho'' <= 0) makes convergence linear: on line and exponential fits with up to a third of outliers it took 1 to 13
// times the steps. Next to nothing (SciPy's common.py) leaves the length of steps to a trust region; a line search from it stalls. A part
// of 0.3 took the fewest evaluations.

namespace Retrodict.Solvers;

/// <summary>The objective of a robust loss, and the residual rows and row factors with which methods of Gauss-Newton type minimize
/// it.</summary>
internal static class RobustWeights
{
    /// <summary>The least curvature of a row, as a part of that of iteratively reweighted least squares.</summary>
    public const double LeastCurvature = 0.3;

    /// <summary>The objective alone.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="residual">Weighted residuals: the misfit's rows, then the prior's, which count with half their squares.</param>
    /// <param name="misfitRows">How many rows belong to the misfit.</param>
    /// <returns>The objective; NaN or infinity if a residual or its square is not finite, whatever the loss makes of large
    /// residuals.</returns>
    public static double Cost(RobustLoss loss, ReadOnlySpan<double> residual, int misfitRows)
    {
        double scale = loss.Scale;
        double sum = 0;
        foreach (double r in residual[..misfitRows])
        {
            double s = r / scale * (r / scale);
            if (!double.IsFinite(s))
            {
                return s;
            }

            loss.Evaluate(s, out double rho, out _, out _);
            sum += scale * scale * rho;
        }

        foreach (double r in residual[misfitRows..])
        {
            sum += r * r;
        }

        return 0.5 * sum;
    }

    /// <summary>The objective with corrected residuals r~ and factors w for the Jacobian's rows: (diag(w) J)^T r~ is the objective's
    /// gradient exactly, and (diag(w) J)^T (diag(w) J) its curvature where that is positive enough.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="residual">Weighted residuals: the misfit's rows, then the prior's, which are left as they are.</param>
    /// <param name="misfitRows">How many rows belong to the misfit.</param>
    /// <param name="corrected">Receives r~, as long as the residuals; may be the residuals' own memory.</param>
    /// <param name="rowScale">Receives w, as long as the residuals; 1 for the prior's rows.</param>
    /// <returns>The objective; NaN or infinity if a residual or its square is not finite, and then nothing else is of use.</returns>
    public static double Apply(
        RobustLoss loss, ReadOnlySpan<double> residual, int misfitRows, Span<double> corrected, Span<double> rowScale)
    {
        double cost = Cost(loss, residual, misfitRows);
        double scale = loss.Scale;
        for (int i = 0; i < misfitRows && double.IsFinite(cost); i++)
        {
            double r = residual[i];
            double s = r / scale * (r / scale);
            loss.Evaluate(s, out _, out double first, out double second);
            double curvature = Math.Max(first + (2 * s * second), LeastCurvature * first);
            double factor = Math.Sqrt(curvature);
            rowScale[i] = factor;
            corrected[i] = factor > 0 ? first / factor * r : 0;
        }

        residual[misfitRows..].CopyTo(corrected[misfitRows..]);
        rowScale[misfitRows..residual.Length].Fill(1);
        return cost;
    }

    /// <summary>rho' r for the misfit's rows and r for the prior's: the objective's gradient is J^T of it.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="residual">Weighted residuals, finite.</param>
    /// <param name="misfitRows">How many rows belong to the misfit.</param>
    /// <param name="seed">Receives the result, as long as the residuals.</param>
    public static void Seed(RobustLoss loss, ReadOnlySpan<double> residual, int misfitRows, Span<double> seed)
    {
        residual.CopyTo(seed);
        for (int i = 0; i < misfitRows; i++)
        {
            double scaled = residual[i] / loss.Scale;
            loss.Evaluate(scaled * scaled, out _, out double first, out _);
            seed[i] *= first;
        }
    }
}

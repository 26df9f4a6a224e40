// Without a standard deviation the scale of a robust loss is that of the residuals, which the fit changes. The median absolute residual
// resists up to half of the rows (Huber, "Robust Statistics", 1981, section 7.8); divided by the normal distribution's it estimates the
// standard deviation of normal noise. Fit and estimate alternate until both stay: the first fit, plain least squares, is what outliers
// spoil, and so is the noise seen from there.

namespace Retrodict.Regressions;

/// <summary>Fits by the loss of a regression, and estimates the noise for it where that is not given.</summary>
internal static class RobustRegression
{
    /// <summary>1 / Φ⁻¹(3/4).</summary>
    public const double Consistency = 1.4826;

    private const int MaxRounds = 50;

    /// <summary>Estimates that differ by less than this share are the same.</summary>
    private const double Settled = 1e-8;

    /// <summary>Residuals up to this times the largest measurement are rounding.</summary>
    private const double Rounding = 1e-14;

    public static RegressionFit Fit(
        RegressionProblem regression, Solver solver, IProgress<IterationRecord>? progress, CancellationToken cancellation)
    {
        InverseProblem problem = regression.Problem;
        EndExamination examination = Examination(problem);
        RegressionEnd end = examination.Examine(Solve(problem, [.. regression.Start]));
        if (regression.Regression.Loss is not { } loss || regression.Regression.Sigma is not null)
        {
            return new RegressionFit(regression, problem, end, examination.Model, double.NaN);
        }

        double noise = double.NaN;
        SolveResult solution = end.Solution;
        for (int round = 0; round < MaxRounds && HasEnded(solution); round++)
        {
            double estimate = Noise(regression, solution);
            if (!(estimate > 0 && double.IsFinite(1 / estimate)))
            {
                // A first estimate of zero is reported; a later one means that the rows that count are met exactly, and the fit before
                // stands.
                noise = round == 0 ? estimate : noise;
                break;
            }

            if (Math.Abs(estimate - noise) <= Settled * noise)
            {
                break;
            }

            noise = estimate;
            problem = regression.Problem with { Noise = noise, Loss = loss };
            solution = Solve(problem, [.. solution.X]);
        }

        if (!ReferenceEquals(solution, end.Solution))
        {
            examination = Examination(problem);
            end = examination.Examine(solution);
        }

        return new RegressionFit(regression, problem, end, examination.Model, noise);

        SolveResult Solve(InverseProblem problem, double[] start) =>
            solver.Solve(problem, regression.Observation, start, progress, cancellation);

        EndExamination Examination(InverseProblem problem) => new(regression, problem, start => Solve(problem, start));
    }

    private static bool HasEnded(SolveResult solution) =>
        solution.Status is not (SolveStatus.Cancelled or SolveStatus.NonFinite or SolveStatus.Failed or SolveStatus.Undetermined);

    /// <summary>The normal-consistent median absolute residual; 0 if it is rounding.</summary>
    private static double Noise(RegressionProblem regression, SolveResult solution)
    {
        double[] values = regression.Problem.Forward.Compile<double>().Evaluate([.. solution.X])[0];
        double largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(regression.Observation[i]));
            values[i] = Math.Abs(values[i] - regression.Observation[i]);
        }

        Array.Sort(values);
        double median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        return median > Rounding * largest ? Consistency * median : 0;
    }
}

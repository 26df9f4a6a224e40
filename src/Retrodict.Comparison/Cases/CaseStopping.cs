using Retrodict.Catalogue;

namespace Retrodict.Comparison;

/// <summary>How solves of a comparison end.</summary>
public static class CaseStopping
{
    /// <summary>The discrepancy at which <see cref="StopChoice.Discrepancy"/> ends a solve.</summary>
    public const double Discrepancy = 1.05;

    /// <summary>A method's own rule, with what was asked for. Published methods stop at the tolerance alone, at the problem's limit on
    /// iterations.</summary>
    /// <param name="solver">The method.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="settings">What was asked for.</param>
    /// <exception cref="ArgumentException">The discrepancy cannot end solves of a published method.</exception>
    public static StoppingRule Of(Solver solver, BenchmarkProblem problem, CaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(settings);
        bool published = solver is PublishedSolver;
        if (published && settings.Stop == StopChoice.Discrepancy)
        {
            throw new ArgumentException($"{solver.Name} stops at the residual tolerance alone.", nameof(settings));
        }

        StoppingRule own = solver.Stopping;
        return own with
        {
            ResidualTolerance = published || settings.Stop == StopChoice.Tolerance ? settings.Tolerance ?? problem.Tolerance : null,
            DiscrepancyTolerance = settings.Stop == StopChoice.Discrepancy ? Discrepancy : own.DiscrepancyTolerance,
            MaxIterations = settings.MaxIterations
                ?? (published ? problem.MaxIterations : Math.Max(problem.MaxIterations, own.MaxIterations)),
        };
    }
}

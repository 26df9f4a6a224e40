using Retrodict.Numerics;

namespace Retrodict.Analysis;

/// <summary>Whether residuals are linear in x for all that three points can tell: the Jacobian is the same at the solution and on both
/// sides of it, a posterior standard deviation or more away, and the residuals there are what it predicts.</summary>
internal static class AffineCheck
{
    private const double Tolerance = 1e-9;

    public static bool Holds(Session session, double[] observation, FitAnalysis fit, GeneralizedDecomposition parts, SolveResult solution)
    {
        int n = session.Problem.Unknowns;
        Box bounds = session.Problem.Bounds;
        if (!parts.IsFinite
            || parts.Count == 0
            || Enumerable.Range(0, n).Any(i => double.IsFinite(bounds.Lower(i)) || double.IsFinite(bounds.Upper(i))))
        {
            return false;
        }

        // Without bounds no unknown is held, so free unknowns are all unknowns.
        foreach (double factor in (ReadOnlySpan<double>)[1, -3])
        {
            var point = new double[n];
            for (int i = 0; i < n; i++)
            {
                point[i] = solution.X[i];
                for (int j = 0; j < parts.Count; j++)
                {
                    point[i] += factor * parts.X[(i * parts.Count) + j] / Math.Sqrt((parts.C[j] * parts.C[j]) + (parts.S[j] * parts.S[j]));
                }
            }

            if (!point.All(double.IsFinite)
                || !Agrees(fit, session.Analyze(observation, point), [.. point.Select((x, i) => x - solution.X[i])]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Agrees(FitAnalysis here, FitAnalysis there, double[] step)
    {
        int n = step.Length;
        double[] change = Matrix.Times(here.Jacobian, step, here.Residual.Length, n, 1);
        double residualScale = 0;
        double residualDifference = 0;
        double jacobianScale = 0;
        double jacobianDifference = 0;
        for (int i = 0; i < change.Length; i++)
        {
            residualScale += (change[i] * change[i]) + (here.Residual[i] * here.Residual[i]);
            residualDifference += Math.Pow(there.Residual[i] - here.Residual[i] - change[i], 2);
        }

        for (int i = 0; i < here.Jacobian.Length; i++)
        {
            jacobianScale += here.Jacobian[i] * here.Jacobian[i];
            jacobianDifference += Math.Pow(there.Jacobian[i] - here.Jacobian[i], 2);
        }

        // Written so that NaN fails too.
        return Math.Sqrt(residualDifference) <= Tolerance * Math.Sqrt(residualScale)
            && Math.Sqrt(jacobianDifference) <= Tolerance * Math.Sqrt(jacobianScale);
    }
}

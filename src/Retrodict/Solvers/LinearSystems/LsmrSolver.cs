using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// LSMR (Fong and Saunders 2011, LSMR: An iterative algorithm for sparse least-squares problems, SIAM J. Sci. Comput. 33, section 2.8):
/// Golub-Kahan bidiagonalization, mathematically MINRES on the damped normal equations, so that the gradient of the linear problem falls in
/// every iteration.
/// </summary>
internal sealed class LsmrSolver(Objective objective, LinearizedResiduals linearized) : KrylovSolver(objective, linearized)
{
    private readonly double[] _u = new double[objective.Rows];
    private readonly double[] _left = new double[objective.Rows];
    private readonly double[] _v = new double[objective.Unknowns];
    private readonly double[] _transposed = new double[objective.Unknowns];
    private readonly double[] _h = new double[objective.Unknowns];
    private readonly double[] _hBar = new double[objective.Unknowns];

    protected override void Minimize(
        Point point, ReadOnlySpan<double> residual, ReadOnlySpan<double> right, double damping, double tolerance, int maxIterations,
        Span<double> z)
    {
        double root = Math.Sqrt(damping);
        double beta = Vectors.Norm(residual);
        double alpha = Vectors.Norm(right) / beta;
        residual.CopyTo(_u);
        Vectors.Scale(-1 / beta, _u);
        right.CopyTo(_v);
        Vectors.Scale(1 / (alpha * beta), _v);
        _v.CopyTo(_h, 0);
        Array.Clear(_hBar);
        double alphaBar = alpha;
        double zetaBar = alpha * beta;
        double goal = tolerance * zetaBar;
        (double rho, double rhoBar, double cosineBar, double sineBar) = (1, 1, 1, 0);
        for (int k = 0; k < maxIterations; k++)
        {
            Times(point, _v, _left);
            Vectors.ScaleAndAdd(-alpha, _left, _u);
            beta = Normalize(_u);
            TransposedTimes(point, _u, _transposed);
            Vectors.ScaleAndAdd(-beta, _transposed, _v);
            alpha = Normalize(_v);

            // A rotation takes in the damping, one makes the bidiagonal matrix upper triangular, and one that triangle's transpose.
            double alphaHat = double.Hypot(alphaBar, root);
            double rhoBefore = rho;
            rho = double.Hypot(alphaHat, beta);
            double theta = beta / rho * alpha;
            alphaBar = alphaHat / rho * alpha;
            double rhoBarBefore = rhoBar;
            double thetaBar = sineBar * rho;
            rhoBar = double.Hypot(cosineBar * rho, theta);
            cosineBar = cosineBar * rho / rhoBar;
            sineBar = theta / rhoBar;
            double zeta = cosineBar * zetaBar;
            zetaBar = -sineBar * zetaBar;
            if (!double.IsFinite(zeta))
            {
                return;
            }

            Vectors.ScaleAndAdd(-(thetaBar * rho / (rhoBefore * rhoBarBefore)), _h, _hBar);
            Vectors.Add(zeta / (rho * rhoBar), _hBar, z);
            Vectors.ScaleAndAdd(-(theta / rho), _v, _h);
            if (!(Math.Abs(zetaBar) > goal) || alpha == 0)
            {
                return;
            }
        }
    }

    private static double Normalize(double[] vector)
    {
        double norm = Vectors.Norm(vector);
        if (norm > 0)
        {
            Vectors.Scale(1 / norm, vector);
        }

        return norm;
    }
}

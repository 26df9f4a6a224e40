using Retrodict.Numerics;

// min ‖r1 + K d‖² + w² ‖r2 + P d‖². In the basis d = X z of the generalized singular values each component is by itself; with a
// = u'r1, b = v'r2, g = s a - c b and h = c² + w² s² the residuals of the solution are, without a difference of nearly equal numbers,
//     misfit  w² s g / h,   prior  -c g / h,
// and what of r1 and r2 lies outside of U and V stays. Hence their squared lengths rho(w) and eta(w), and with t = ln w, q = w² s², each
// component e of eta has
//     de/dt = -4 q e / h,   d²e/dt² = (-8 q / h + 24 q² / h²) e,   and   drho/dt = -w² deta/dt,
// of which the curvature of ln sqrt(eta) over ln sqrt(rho) is made (P. C. Hansen, "Rank-Deficient and Discrete Ill-Posed Problems", 1998,
// section 7.5). Two solutions differ by X (c g / s) (1 / h1 - 1 / h2), of which the prior's rows make V c g (1 / h1 - 1 / h2). Noise of
// size one makes a standard normal number of each a, hence s c / h of each component of the prior's residual.

namespace Retrodict.Analysis;

/// <summary>A linear problem's solution in dependence on the weight of its prior, all of it from one decomposition.</summary>
internal sealed class TikhonovCurve
{
    /// <summary>The share of the plain function in robust cross-validation. The errors on the test problems of P. C. Hansen's collection
    /// are about the same from .02 to .1; more guards less.</summary>
    private const double PlainShare = 0.05;

    private readonly GeneralizedDecomposition _parts;
    private readonly double[] _mixed;
    private readonly double _outsideMisfit;
    private readonly double _outsidePrior;

    /// <param name="parts">The decomposition of K and P.</param>
    /// <param name="prior">P, [p, n].</param>
    /// <param name="misfitResidual">r1, of length m.</param>
    /// <param name="priorResidual">r2, of length p.</param>
    public TikhonovCurve(
        GeneralizedDecomposition parts, ReadOnlySpan<double> prior, ReadOnlySpan<double> misfitResidual, ReadOnlySpan<double> priorResidual)
    {
        _parts = parts;
        int k = parts.Count;
        int m = parts.Observations;
        int p = priorResidual.Length;
        double[] v = Matrix.Times(prior, parts.X, p, parts.Unknowns, k);
        double[] outsideMisfit = misfitResidual.ToArray();
        double[] outsidePrior = priorResidual.ToArray();
        _mixed = new double[k];
        for (int i = 0; i < k; i++)
        {
            double a = Project(parts.U, m, k, i, parts.C[i] > 0 ? 1 : 0, misfitResidual, outsideMisfit);
            double b = Project(v, p, k, i, parts.S[i] > 0 ? 1 / parts.S[i] : 0, priorResidual, outsidePrior);
            _mixed[i] = (parts.S[i] * a) - (parts.C[i] * b);
        }

        _outsideMisfit = Matrix.Dot(outsideMisfit, outsideMisfit);
        _outsidePrior = Matrix.Dot(outsidePrior, outsidePrior);
    }

    /// <param name="weight">The weight w.</param>
    /// <param name="solved">The squared misfit, where it is known from the solution itself.</param>
    public PriorWeightPoint At(double weight, double? solved = null)
    {
        double rho = _outsideMisfit;
        double eta = _outsidePrior;
        double first = 0;
        double second = 0;
        double trace = 0;
        double traceOfSquare = 0;
        double noise = 0;
        for (int i = 0; i < _mixed.Length; i++)
        {
            (double c, double s, double g) = (_parts.C[i], _parts.S[i], _mixed[i]);
            double q = weight * weight * s * s;
            double h = (c * c) + q;
            double misfit = weight * weight * s * g / h;
            double prior = c * g / h;
            double share = q / h;
            rho += misfit * misfit;
            eta += prior * prior;
            first -= 4 * share * prior * prior;
            second += ((24 * share * share) - (8 * share)) * prior * prior;
            trace += c * c / h;
            traceOfSquare += c * c / h * (c * c / h);
            noise += s * c / h * (s * c / h);
        }

        double square = solved ?? rho;
        double noiseDegrees = _parts.Observations - trace;
        double crossValidation = _parts.Observations * square / (noiseDegrees * noiseDegrees);
        return new PriorWeightPoint(
            weight, Math.Sqrt(square), Math.Sqrt(eta), Math.Sqrt(square / _parts.Observations), trace, crossValidation,
            Curvature(weight, rho, eta, first, second), crossValidation * Robustness(traceOfSquare, noiseDegrees), Math.Sqrt(noise));
    }

    /// <summary>How far apart the prior's residuals of two weights' solutions are, without the weights.</summary>
    public double Distance(double weight, double other)
    {
        double sum = 0;
        for (int i = 0; i < _mixed.Length; i++)
        {
            (double c, double s, double g) = (_parts.C[i], _parts.S[i], _mixed[i]);
            double h = (c * c) + (weight * weight * s * s);
            double k = (c * c) + (other * other * s * s);
            double difference = c * g * ((1 / h) - (1 / k));
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    private double Robustness(double traceOfSquare, double noiseDegrees)
    {
        double upper = 1 + Math.Sqrt(2 / noiseDegrees);
        return (PlainShare + ((1 - PlainShare) * traceOfSquare / _parts.Observations)) * upper * upper;
    }

    private static double Curvature(double weight, double rho, double eta, double etaFirst, double etaSecond)
    {
        double square = weight * weight;
        double rhoFirst = -square * etaFirst;
        double rhoSecond = -square * ((2 * etaFirst) + etaSecond);
        double u = 0.5 * rhoFirst / rho;
        double v = 0.5 * etaFirst / eta;
        double uu = (0.5 * rhoSecond / rho) - (2 * u * u);
        double vv = (0.5 * etaSecond / eta) - (2 * v * v);
        return ((u * vv) - (uu * v)) / Math.Pow((u * u) + (v * v), 1.5);
    }

    /// <summary>The component of a residual along a scaled column, which is taken out of what is left.</summary>
    private static double Project(
        ReadOnlySpan<double> columns, int rows, int count, int column, double scale, ReadOnlySpan<double> residual, Span<double> left)
    {
        double component = 0;
        for (int i = 0; i < rows; i++)
        {
            component += scale * columns[(i * count) + column] * residual[i];
        }

        for (int i = 0; i < rows; i++)
        {
            left[i] -= component * scale * columns[(i * count) + column];
        }

        return component;
    }
}

using Retrodict.Analysis;
using Retrodict.Numerics;
using Retrodict.Solvers;

// C. D. Rodgers, "Inverse Methods for Atmospheric Sounding" (2000): with K the model's Jacobian, S the noise's covariance and C the
// prior's,
//     posterior covariance  Ŝ = (K' S^-1 K + C^-1)^-1                     (2.27)
//     gain                  G = Ŝ K' S^-1                                 (2.45)
//     averaging kernel      A = G K = I - Ŝ C^-1                          (2.58, 3.10)
//     degrees of freedom for signal  d = tr A, for noise  m - d           (2.54)
//     information           H = -1/2 ln |I - A|, in nats                  (2.73)
// In the basis of the generalized singular values: Ŝ = X diag(1 / (c² + s²)) X', A = X diag(c² / (c² + s²)) Y, G = X diag(c / (c² +
// s²)) U' S^-1/2. Nothing is subtracted, so what is near 0 or near 1 keeps its digits.


namespace Retrodict;

/// <summary>
/// The posterior at a point, to first order: what measurement and prior together know of the unknown, and how much of it came from the
/// measurement. Made by <see cref="FitAnalysis.Posterior"/>. Unknowns that a bound holds count as known: their rows and columns are zero.
/// Without a prior it is the posterior of a flat one. All is NaN where the model's derivative is not finite.
/// </summary>
public sealed class Posterior
{
    private readonly FitAnalysis _fit;
    private readonly GeneralizedDecomposition _parts;
    private readonly double[] _standardDeviations;
    private readonly double[] _priorStandardDeviations;
    private readonly double[] _information;

    internal Posterior(FitAnalysis fit)
    {
        _fit = fit;
        _parts = fit.Decompose();
        int n = fit.Held.Length;
        _standardDeviations = new double[n];
        _priorStandardDeviations = new double[n];
        _information = new double[n];
        for (int i = 0; i < _parts.Unknowns; i++)
        {
            Describe(i, fit.Free[i]);
        }

        double degrees = 0;
        double information = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            double ratio = _parts.S[i] == 0 ? double.PositiveInfinity : _parts.C[i] / _parts.S[i];
            degrees += Fraction(i);
            information += ratio > 1e100 ? Math.Log(ratio) : 0.5 * LogOnePlus(ratio * ratio);
        }

        SignalDegreesOfFreedom = _parts.IsFinite ? degrees : double.NaN;
        Information = _parts.IsFinite ? information : double.NaN;
    }

    /// <summary>Degrees of freedom for signal, tr A: how many combinations of unknowns the measurement, not the prior,
    /// determines.</summary>
    public double SignalDegreesOfFreedom { get; }

    /// <summary>The information that the measurement adds to the prior, in nats (divide by ln 2 for bits); infinite where there was no
    /// prior knowledge.</summary>
    public double Information { get; }

    /// <summary>Posterior standard deviations, of length n; infinite where neither measurement nor prior know anything.</summary>
    public ReadOnlySpan<double> StandardDeviations => _standardDeviations;

    /// <summary>The prior's own standard deviations, of length n; infinite where it knows nothing.</summary>
    public ReadOnlySpan<double> PriorStandardDeviations => _priorStandardDeviations;

    /// <summary>For each unknown by itself, what the measurement adds: ln(prior over posterior standard deviation), in nats; of length n. 0
    /// for unknowns that are held. Not a partition of <see cref="Information"/>, since unknowns are correlated.</summary>
    public ReadOnlySpan<double> UnknownInformation => _information;

    /// <summary>The posterior covariance, [n, n] row-major; NaN off the diagonal and infinite on it for unknowns of which nothing is
    /// known.</summary>
    public double[] Covariance()
    {
        double[] covariance = Spread(
            ToUnknowns(i => 1 / Sum(i), Matrix.Transposed(_parts.X, _parts.Unknowns, _parts.Count), _parts.Unknowns), bothAxes: true);
        int n = _fit.Held.Length;
        for (int i = 0; i < _parts.Unknowns; i++)
        {
            covariance[_fit.Free[i] * (n + 1)] = Square(_standardDeviations[_fit.Free[i]]);
        }

        return covariance;
    }

    /// <summary>The averaging kernel A, [n, n] row-major: the derivative of the solution with respect to the true unknown. The identity
    /// says that the measurement determines everything, zeros that the prior does.</summary>
    public double[] AveragingKernel() => Spread(ToUnknowns(Fraction, _parts.Y, _parts.Unknowns), bothAxes: true);

    /// <summary>The gain G, [n, m] row-major: the derivative of the solution with respect to the measurement, in their units.</summary>
    public double[] Gain()
    {
        int rows = _parts.Observations;
        double[] gain = ToUnknowns(i => _parts.C[i] / Sum(i), Matrix.Transposed(_parts.U, rows, _parts.Count), rows);
        gain = Matrix.Times(gain, new Whitening(_fit.Problem).ToMatrix(), gain.Length / rows, rows, _fit.Problem.Observations);
        return Spread(gain, bothAxes: false);
    }

    private double Sum(int i) => Square(_parts.C[i]) + Square(_parts.S[i]);

    private double Fraction(int i) => Square(_parts.C[i]) / Sum(i);

    private static double Square(double a) => a * a;

    /// <summary>ln(1 + x) to rounding also where x is small, which the logarithm of the sum is not (D. Goldberg, ACM Computing Surveys 23,
    /// 1991, theorem 4).</summary>
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>Fills in what concerns one unknown.</summary>
    private void Describe(int free, int unknown)
    {
        double variance = 0;
        double prior = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            double x = _parts.X[(free * _parts.Count) + i];
            variance += x * x / Sum(i);

            // Rounding leaves traces of a direction that the prior does not know in unknowns that it does.
            prior += _parts.S[i] > 0 ? Square(x / _parts.S[i]) : Math.Abs(x) > 1e-10 * LargestOf(i) ? double.PositiveInfinity : 0;
        }

        bool nothing = _parts.Undetermined[free];
        _standardDeviations[unknown] = !_parts.IsFinite ? double.NaN : nothing ? double.PositiveInfinity : Math.Sqrt(variance);
        _priorStandardDeviations[unknown] = !_parts.IsFinite ? double.NaN : nothing ? double.PositiveInfinity : Math.Sqrt(prior);
        _information[unknown] = nothing ? 0 : Math.Log(_priorStandardDeviations[unknown] / _standardDeviations[unknown]);
    }

    private double LargestOf(int component)
    {
        double largest = 0;
        for (int i = 0; i < _parts.Unknowns; i++)
        {
            largest = Math.Max(largest, Math.Abs(_parts.X[(i * _parts.Count) + component]));
        }

        return largest;
    }

    /// <summary>X diag(factor) B, for B [k, columns]; rows of NaN for unknowns of which nothing is known.</summary>
    private double[] ToUnknowns(Func<int, double> factor, double[] b, int columns)
    {
        int k = _parts.Count;
        double[] left = [.. _parts.X];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] *= factor(i % k);
        }

        double[] product = Matrix.Times(left, b, _parts.Unknowns, k, columns);
        for (int i = 0; i < _parts.Unknowns; i++)
        {
            if (!_parts.IsFinite || _parts.Undetermined[i])
            {
                product.AsSpan(i * columns, columns).Fill(double.NaN);
            }
        }

        return product;
    }

    /// <summary>Puts rows, and columns if they stand for unknowns too, at the places of the unknowns that are not held.</summary>
    private double[] Spread(double[] matrix, bool bothAxes)
    {
        int n = _fit.Held.Length;
        int from = bothAxes ? _parts.Unknowns : _parts.Observations;
        int to = bothAxes ? n : from;
        var spread = new double[n * to];
        for (int i = 0; i < _parts.Unknowns; i++)
        {
            for (int j = 0; j < from; j++)
            {
                bool nothing = bothAxes && _parts.IsFinite && _parts.Undetermined[j];
                spread[(_fit.Free[i] * to) + (bothAxes ? _fit.Free[j] : j)] = nothing ? double.NaN : matrix[(i * from) + j];
            }
        }

        return spread;
    }
}

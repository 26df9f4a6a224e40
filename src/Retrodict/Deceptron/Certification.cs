using Retrodict.Analysis;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Numerics;
using Retrodict.Solvers;

// In standardized units, r = D (F(x) - y), J_f = D F' = U diag(σ) V^T of rank k, q = (I - U U^T) r, J_f⁺ r = V diag(1/σ) U^T r. As r =
// J_f J_f⁺ r + q,
//     J_g r - J_f⁺ r = (J_g J_f - I) J_f⁺ r + J_g q,
// whatever the shape and rank of J_f (arXiv 2605.13068, Theorem 4.2, which has q = 0).


namespace Retrodict;

/// <summary>Computes a <see cref="LearnedCertificate"/>.</summary>
internal sealed class Certification
{
    private readonly LearnedInverse _inverse;
    private readonly double[] _x;
    private readonly IObjectiveRun _run;
    private readonly PullBack _pullBack;
    private readonly double[] _rows;
    private readonly int _m;
    private readonly int _n;

    public Certification(LearnedInverse inverse, ReadOnlySpan<double> observation, ReadOnlySpan<double> x)
    {
        Objective objective = inverse.Model;
        (_inverse, _x, _m, _n) = (inverse, x.ToArray(), inverse.Map.Observations, inverse.Map.Unknowns);
        _run = objective.NewRun();
        _pullBack = new PullBack(objective, inverse.Map, inverse.Plans);
        _pullBack.Begin(observation);

        // Where there is an anchor, its rows are not looked at.
        var observed = new double[objective.Observed];
        observation.CopyTo(observed);
        _run.Begin(observed);
        _rows = new double[objective.Rows];
        _run.Evaluate(x, _rows);
        _pullBack.MoveTo(_rows);
    }

    public LearnedCertificate Certificate()
    {
        double[] jacobian = StandardizedJacobian();
        var inverse = new double[_n * _m];
        _pullBack.Jacobian(inverse);
        double[] composition = Matrix.Times(inverse, jacobian, _n, _m, _n);
        for (int i = 0; i < _n; i++)
        {
            composition[i * (_n + 1)] -= 1;
        }

        (double[] u, double[] sigma, double[] v) = Decompose(jacobian, _m, _n);
        double error = Decompose(composition, _n, _n).Sigma[0];
        double[] outside = _pullBack.Residual.ToArray();
        var step = new double[_n];
        int rank = 0;
        int k = sigma.Length;
        for (; rank < k && sigma[rank] > Math.Max(_m, _n) * 2.3e-16 * sigma[0]; rank++)
        {
            double along = 0;
            for (int i = 0; i < _m; i++)
            {
                along += u[(i * k) + rank] * _pullBack.Residual[i];
            }

            for (int i = 0; i < _m; i++)
            {
                outside[i] -= along * u[(i * k) + rank];
            }

            for (int j = 0; j < _n; j++)
            {
                step[j] += along / sigma[rank] * v[(j * k) + rank];
            }
        }

        double[] learned = Matrix.Times(inverse, _pullBack.Residual, _n, _m, 1);
        double outsideRange = rank == _m ? 0 : Vectors.Norm(Matrix.Times(inverse, outside, _n, _m, 1));
        double smallest = rank > 0 ? sigma[rank - 1] : 0;
        double inside = Math.Sqrt(
            Math.Max(0, Vectors.Dot(_pullBack.Residual, _pullBack.Residual) - (rank == _m ? 0 : Vectors.Dot(outside, outside))));
        Vectors.Subtract(learned, step, learned);
        return new LearnedCertificate(
            Rjcp(),
            Vectors.Dot(composition, composition) / _n,
            error,
            smallest,
            rank,
            (rank > 0 ? error / smallest * inside : 0) + outsideRange,
            Vectors.Norm(learned),
            outsideRange,
            Vectors.Norm(step),
            _inverse.Model.NormalizedResidual(_rows),
            _inverse.Model.Discrepancy(_rows),
            GainError(jacobian));
    }

    private static (double[] U, double[] Sigma, double[] V) Decompose(double[] matrix, int rows, int columns)
    {
        int k = Math.Min(rows, columns);
        (double[] u, double[] sigma, double[] v) = (new double[rows * k], new double[k], new double[columns * k]);
        if (!SingularValues.TryDecompose(matrix, rows, columns, u, sigma, v, new double[SingularValues.WorkspaceLength(rows, columns)]))
        {
            sigma.AsSpan().Fill(double.NaN);
        }

        return (u, sigma, v);
    }

    private double Rjcp()
    {
        double[] probes = CompositionProbes.Draw(Math.Max(1, _inverse.Probes), _n);
        double sum = 0;
        for (int at = 0; at < probes.Length; at += _n)
        {
            sum += _pullBack.Composition(_run, _x, probes.AsSpan(at, _n));
        }

        return sum * _n / probes.Length;
    }

    /// <summary>D F' from the whitened rows of the misfit, [m, n].</summary>
    private double[] StandardizedJacobian()
    {
        var whitened = new double[_rows.Length * _n];
        _run.Jacobian(_x, whitened);
        var jacobian = new double[_m * _n];
        (double[] column, double[] standardized) = (new double[_rows.Length], new double[_m]);
        for (int j = 0; j < _n; j++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = whitened[(i * _n) + j];
            }

            _pullBack.Standardize(column, standardized);
            for (int i = 0; i < _m; i++)
            {
                jacobian[(i * _n) + j] = standardized[i];
            }
        }

        return jacobian;
    }

    /// <summary>With M = R R^T, K M^(1/2) is C J^T R^-T up to a rotation, which no norm sees; its transpose solves R X = J C.</summary>
    private double GainError(double[] jacobian)
    {
        if (_inverse.Prior is not { } prior)
        {
            return double.NaN;
        }

        double[] factor = prior.Factor.ToArray();
        double[] a = Matrix.Times(jacobian, factor, _m, _n, _n);
        double[] noise = StandardizedNoise();
        double[] covariance = Matrix.Times(a, Matrix.Transposed(a, _m, _n), _m, _n, _m);
        double[] spread = Matrix.Times(noise, Matrix.Transposed(noise, _m, _m), _m, _m, _m);
        for (int i = 0; i < covariance.Length; i++)
        {
            covariance[i] += spread[i];
        }

        if (!CholeskyFactorization.TryFactor<double>(covariance, _m, out _))
        {
            return double.NaN;
        }

        double[] exact = Matrix.Times(a, Matrix.Transposed(factor, _n, _n), _m, _n, _n);
        TriangularSolve.Lower<double>(covariance, _m, exact, _n, new double[TriangularSolve.WorkspaceLength<double>(_m, _n)]);
        var gain = new double[_n * _m];
        _pullBack.GainJacobian(gain);
        double[] learned = Matrix.Transposed(Matrix.Times(gain, covariance, _n, _m, _m), _n, _m);
        double length = Vectors.Norm(exact);
        Vectors.Subtract(learned, exact, learned);
        return Vectors.Norm(learned) / length;
    }

    /// <summary>D times the noise's factor, [m, m].</summary>
    private double[] StandardizedNoise()
    {
        var factor = new double[_m * _m];
        (double[] unit, double[] column) = (new double[_rows.Length], new double[_m]);
        for (int j = 0; j < _m; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            _pullBack.Standardize(unit, column);
            for (int i = 0; i < _m; i++)
            {
                factor[(i * _m) + j] = column[i];
            }
        }

        return factor;
    }
}

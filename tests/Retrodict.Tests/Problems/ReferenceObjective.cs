using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

/// <summary>The objective of a problem by its textbook formula, with explicit inverses of covariances: independent of the solvers'
/// code.</summary>
internal sealed class ReferenceObjective
{
    private readonly InverseProblem _problem;
    private readonly double[] _observation;
    private readonly Plan<double> _forward;
    private readonly double[,]? _inverseCovariance;
    private readonly int[] _observed;
    private readonly double[,]? _whitening;

    public ReferenceObjective(InverseProblem problem, double[] observation)
    {
        _problem = problem;
        _observation = observation;
        _forward = problem.Forward.Compile<double>();
        _observed = [.. Enumerable.Range(0, problem.Observations).Where(i => problem.Observed?[i] ?? true)];
        if (problem.Noise.IsCorrelated)
        {
            // What was observed is distributed with the sub-block of the covariance.
            double[,] noise = Dense.Matrix(problem.Noise.Factor, problem.Observations, problem.Observations);
            double[,] covariance = Dense.Times(noise, Dense.Transpose(noise));
            _whitening = Dense.Inverse(
                Factor(
                    Dense.Matrix(
                        [.. from i in _observed from j in _observed select covariance[i, j]], _observed.Length, _observed.Length)));
        }

        if (problem.Prior is GaussianPrior prior)
        {
            double[,] factor = Dense.Matrix(prior.Factor, prior.Dimension, prior.Dimension);
            _inverseCovariance = Dense.Inverse(Dense.Times(factor, Dense.Transpose(factor)));
        }
    }

    /// <summary>F(x) - y over the components that were observed.</summary>
    public double[] Misfit(ReadOnlySpan<double> x)
    {
        double[] value = _forward.Evaluate(x.ToArray())[0];
        return [.. _observed.Select(i => value[i] - _observation[i])];
    }

    /// <summary>The misfit in units of the noise.</summary>
    public double[] Whitened(ReadOnlySpan<double> x) =>
        _whitening is null ? [.. Misfit(x).Select((d, i) => d / _problem.Noise[_observed[i]])] : Dense.Times(_whitening, Misfit(x));

    public double Cost(ReadOnlySpan<double> x)
    {
        double cost = Whitened(x).Select(r => Lost(_problem.Loss, r)).Sum();
        if (_inverseCovariance is not null)
        {
            double[] deviation = Dense.Plus(x, ((GaussianPrior)_problem.Prior!).Mean, -1);
            cost += 0.5 * Dense.Dot(deviation, Dense.Times(_inverseCovariance, deviation));
        }

        return cost;
    }

    public double RootMeanSquare(ReadOnlySpan<double> x, Scale scale) =>
        Math.Sqrt(Misfit(x).Select((d, i) => d * d / (scale[_observed[i]] * scale[_observed[i]])).Average());

    public double Discrepancy(ReadOnlySpan<double> x) => Math.Sqrt(Whitened(x).Select(r => r * r).Average());

    /// <summary>A difference quotient of second order that never leaves the box.</summary>
    public double Derivative(ReadOnlySpan<double> x, int index)
    {
        double[] at = x.ToArray();
        double h = 1e-5 * Math.Max(1e-2, Math.Abs(at[index]));
        double At(double offset)
        {
            at[index] += offset;
            double cost = Cost(at);
            at[index] -= offset;
            return cost;
        }

        double sign = at[index] + (2 * h) <= _problem.Bounds.Upper(index) ? h : -h;
        return at[index] - h >= _problem.Bounds.Lower(index) && at[index] + h <= _problem.Bounds.Upper(index)
            ? (At(h) - At(-h)) / (2 * h)
            : ((4 * At(sign)) - At(2 * sign) - (3 * At(0))) / (2 * sign);
    }

    /// <summary>The second derivative by an unknown, whatever the box.</summary>
    public double Curvature(ReadOnlySpan<double> x, int index)
    {
        double h = 1e-4 * Math.Max(1e-2, Math.Abs(x[index]));
        double[] above = x.ToArray(), below = x.ToArray();
        (above[index], below[index]) = (x[index] + h, x[index] - h);
        return (Cost(above) - (2 * Cost(x)) + Cost(below)) / (h * h);
    }

    /// <summary>What a residual adds, as the losses' own papers write it.</summary>
    private static double Lost(RobustLoss? loss, double r)
    {
        double c = loss?.Scale ?? 1;
        return loss switch
        {
            null => r * r / 2,
            HuberLoss => Math.Abs(r) <= c ? r * r / 2 : c * (Math.Abs(r) - (c / 2)),
            SoftL1Loss => c * c * (Math.Sqrt(1 + (r * r / (c * c))) - 1),
            CauchyLoss => c * c / 2 * Math.Log(1 + (r * r / (c * c))),
            ArctanLoss => c * c / 2 * Math.Atan(r * r / (c * c)),
            TukeyLoss => c * c / 6 * (1 - Math.Pow(1 - Math.Min(1, r * r / (c * c)), 3)),
            _ => throw new ArgumentException($"No formula for {loss}.", nameof(loss)),
        };
    }

    /// <summary>Cholesky's factor by its definition.</summary>
    private static double[,] Factor(double[,] a)
    {
        int n = a.GetLength(0);
        var l = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = a[i, j] - Enumerable.Range(0, j).Sum(k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Math.Sqrt(rest) : rest / l[j, j];
            }
        }

        return l;
    }
}

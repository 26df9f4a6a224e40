using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

/// <summary>The objective of a problem by its textbook formula, with the explicit inverse of the prior's covariance: independent of the solvers' code.</summary>
internal sealed class Objective
{
    private readonly InverseProblem _problem;
    private readonly double[] _observation;
    private readonly Plan<double> _forward;
    private readonly double[,]? _inverseCovariance;

    public Objective(InverseProblem problem, double[] observation)
    {
        _problem = problem;
        _observation = observation;
        _forward = problem.Forward.Compile<double>();
        if (problem.Prior is GaussianPrior prior)
        {
            double[,] factor = Dense.Matrix(prior.Factor, prior.Dimension, prior.Dimension);
            _inverseCovariance = Dense.Inverse(Dense.Times(factor, Dense.Transpose(factor)));
        }
    }

    public double[] Misfit(ReadOnlySpan<double> x) => Dense.Plus(_forward.Evaluate(x.ToArray())[0], _observation, -1);

    public double Cost(ReadOnlySpan<double> x)
    {
        double cost = Misfit(x).Select((d, i) => 0.5 * d * d / (_problem.Noise[i] * _problem.Noise[i])).Sum();
        if (_inverseCovariance is not null)
        {
            double[] deviation = Dense.Plus(x, ((GaussianPrior)_problem.Prior!).Mean, -1);
            cost += 0.5 * Dense.Dot(deviation, Dense.Times(_inverseCovariance, deviation));
        }

        return cost;
    }

    public double RootMeanSquare(ReadOnlySpan<double> x, Scale scale) => Math.Sqrt(Misfit(x).Select((d, i) => d * d / (scale[i] * scale[i])).Average());

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
}

using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>Conjugate gradients on the damped normal equations without forming them (Björck 1996, Numerical Methods for Least Squares
/// Problems, algorithm 7.4.1, CGLS). Simple and cheap; <see cref="LsmrSolver"/> is more accurate where J is ill conditioned.</summary>
internal sealed class ConjugateGradientSolver(Objective objective, LinearizedResiduals linearized) : KrylovSolver(objective, linearized)
{
    private readonly double[] _residual = new double[objective.Rows];
    private readonly double[] _product = new double[objective.Rows];
    private readonly double[] _gradient = new double[objective.Unknowns];
    private readonly double[] _direction = new double[objective.Unknowns];

    protected override void Minimize(
        Point point, ReadOnlySpan<double> residual, ReadOnlySpan<double> right, double damping, double tolerance, int maxIterations,
        Span<double> z)
    {
        residual.CopyTo(_residual);
        right.CopyTo(_gradient);
        right.CopyTo(_direction);
        double squares = Vectors.Dot(right, right);
        double goal = tolerance * tolerance * squares;
        for (int k = 0; k < maxIterations; k++)
        {
            Times(point, _direction, _product);
            double curvature = Vectors.Dot(_product, _product) + (damping * Vectors.Dot(_direction, _direction));
            double length = squares / curvature;
            if (!(curvature > 0) || !double.IsFinite(length))
            {
                return;
            }

            Vectors.Add(length, _direction, z);
            Vectors.Add(length, _product, _residual);
            TransposedTimes(point, _residual, _gradient);
            Vectors.Scale(-1, _gradient);
            Vectors.Add(-damping, z, _gradient);
            double before = squares;
            squares = Vectors.Dot(_gradient, _gradient);
            if (!(squares > goal))
            {
                return;
            }

            Vectors.ScaleAndAdd(squares / before, _gradient, _direction);
        }
    }
}

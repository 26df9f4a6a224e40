using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Damped least squares by a Krylov method on products with J and J^T, in the scaled unknowns z = D p, where the damping is a multiple of
/// the identity. It starts from z = 0, so that of several minimizers it finds the shortest z. It ends when the gradient of the linear
/// problem has fallen by the forcing term: the optimality, at most 0.1, with which outer iterations converge as fast as with exact
/// solutions (Nocedal and Wright 2006, Numerical Optimization, theorem 7.2).
/// </summary>
internal abstract class KrylovSolver(Objective objective, LinearizedResiduals linearized) : DampedSolver
{
    private const double LargestForcing = 0.1;
    private const double LeastForcing = 1e-10;

    /// <summary>1 / D on the free unknowns, 0 on the others and on unknowns without effect.</summary>
    private readonly double[] _inverse = new double[objective.Unknowns];
    private readonly double[] _scaled = new double[objective.Unknowns];
    private readonly double[] _solution = new double[objective.Unknowns];
    private readonly double[] _right = new double[objective.Unknowns];
    private int _count;
    private double _damping;

    /// <summary>The most iterations: in exact arithmetic as many as there are free unknowns suffice.</summary>
    private int MaxIterations => Math.Max(20, 4 * Math.Min(_count, objective.Rows));

    public override void Prepare(Point point, ReadOnlySpan<int> free, double damping, ReadOnlySpan<double> scale)
    {
        (_count, _damping) = (free.Length, damping);
        Array.Clear(_inverse);
        foreach (int i in free)
        {
            _inverse[i] = scale[i] > 0 ? 1 / Math.Sqrt(scale[i]) : 0;
        }
    }

    public override void Solve(Point point, ReadOnlySpan<double> residual, ReadOnlySpan<double> gradient, Span<double> step)
    {
        for (int i = 0; i < _right.Length; i++)
        {
            _right[i] = -_inverse[i] * gradient[i];
        }

        Array.Clear(_solution);
        double forcing = Math.Clamp(linearized.Optimality, LeastForcing, LargestForcing);
        if (Vectors.Norm(_right) > 0)
        {
            Minimize(point, residual, _right, _damping, forcing, MaxIterations, _solution);
        }

        for (int i = 0; i < _inverse.Length; i++)
        {
            if (_inverse[i] != 0)
            {
                step[i] = _inverse[i] * _solution[i];
            }
        }
    }

    /// <summary>Minimizes ‖r + A z‖² + damping ‖z‖².</summary>
    /// <param name="point">The point.</param>
    /// <param name="residual">r.</param>
    /// <param name="right">-A^T r, not zero.</param>
    /// <param name="damping">The damping.</param>
    /// <param name="tolerance">How far the gradient must fall.</param>
    /// <param name="maxIterations">The most iterations.</param>
    /// <param name="z">Zero; receives the solution.</param>
    protected abstract void Minimize(
        Point point, ReadOnlySpan<double> residual, ReadOnlySpan<double> right, double damping, double tolerance, int maxIterations,
        Span<double> z);

    /// <summary>A z = J D^-1 z.</summary>
    protected void Times(Point point, ReadOnlySpan<double> z, Span<double> product)
    {
        for (int i = 0; i < _scaled.Length; i++)
        {
            _scaled[i] = _inverse[i] * z[i];
        }

        linearized.Times(point, _scaled, product);
    }

    /// <summary>A^T u.</summary>
    protected void TransposedTimes(Point point, ReadOnlySpan<double> u, Span<double> product)
    {
        linearized.TransposedTimes(point, u, product);
        for (int i = 0; i < _inverse.Length; i++)
        {
            product[i] *= _inverse[i];
        }
    }
}

using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The second-order correction of a damped step, with the step's own factors: see
/// <see cref="LevenbergMarquardtDirection"/>.</summary>
internal sealed class GeodesicAcceleration(Objective objective, LinearizedResiduals linearized, DampedSolver solver)
{
    private const double LargestRatio = 0.75;

    private readonly double[] _velocity = new double[objective.Unknowns];
    private readonly double[] _acceleration = new double[objective.Unknowns];
    private readonly double[] _second = new double[objective.Rows];
    private readonly double[] _gradient = new double[objective.Unknowns];

    /// <summary>Adds half the acceleration to <see cref="Proposal.Direction"/>, if it is short enough.</summary>
    /// <returns>Whether it is.</returns>
    public bool TryApply(Point point, ProposalDraft draft, ReadOnlySpan<int> free, ReadOnlySpan<double> scale)
    {
        Array.Clear(_velocity);
        foreach (int i in free)
        {
            _velocity[i] = draft.Direction[i];
        }

        point.SecondDerivative(_velocity, _second);
        linearized.TransposedTimes(point, _second, _gradient);
        Array.Clear(_acceleration);
        point.CountLinearSolve();
        solver.Solve(point, _second, _gradient, _acceleration);
        double acceleration = 0;
        double velocity = 0;
        foreach (int i in free)
        {
            acceleration += scale[i] * _acceleration[i] * _acceleration[i];
            velocity += scale[i] * _velocity[i] * _velocity[i];
        }

        if (!double.IsFinite(acceleration))
        {
            point.NoteDispensableDerivative();
        }

        // Not a number fails the comparison.
        if (!(4 * acceleration <= LargestRatio * LargestRatio * velocity))
        {
            return false;
        }

        foreach (int i in free)
        {
            draft.Direction[i] += 0.5 * _acceleration[i];
        }

        return true;
    }

    /// <summary>A step without its acceleration.</summary>
    public ReadOnlySpan<double> Undo(ReadOnlySpan<double> step)
    {
        step.CopyTo(_velocity);
        Vectors.Add(-0.5, _acceleration, _velocity);
        return _velocity;
    }
}

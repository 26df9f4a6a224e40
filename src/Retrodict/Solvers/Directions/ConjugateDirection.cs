using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// d = -g + beta d over the unknowns that no bound holds, scaled to the minimizer along it of the linearized residuals. Restarted with d =
/// -g when the held unknowns change or d does not descend.
/// </summary>
internal sealed class ConjugateDirection(Objective objective, ConjugateGradientUpdate update) : FirstOrderDirection(objective)
{
    /// <summary>How far from orthogonal successive gradients may be (Powell 1977, Restart procedures for the conjugate gradient
    /// method).</summary>
    private const double LargestOverlap = 0.2;

    private readonly double[] _direction = new double[objective.Unknowns];
    private readonly double[] _gradient = new double[objective.Unknowns];
    private readonly double[] _change = new double[objective.Unknowns];
    private readonly bool[] _held = new bool[objective.Unknowns];

    protected override bool Determine(Point point, ProposalDraft draft)
    {
        // From here on the gradient is that of the free unknowns, -Direction.
        SteepestDescent(point, draft);
        Span<double> descent = draft.Direction;
        bool restart = Fresh || !draft.Active.SequenceEqual(_held);
        double beta = restart ? 0 : Beta(descent);
        for (int i = 0; i < descent.Length; i++)
        {
            (_gradient[i], descent[i]) = (-descent[i], descent[i] + (beta * _direction[i]));
        }

        double squared = Vectors.Dot(_gradient, _gradient);
        if (!(-Vectors.Dot(_gradient, descent) >= 1e-2 * squared))
        {
            SteepestDescent(point, draft);
        }

        descent.CopyTo(_direction);
        draft.Active.CopyTo(_held);
        bool finite = !double.IsNaN(ScaleToMinimizer(point, draft));
        Scale.ToUnknowns(descent);
        draft.PredictedDecrease = -0.5 * Vectors.Dot(point.Gradient, descent);
        return finite;
    }

    private double Beta(ReadOnlySpan<double> descent)
    {
        for (int i = 0; i < descent.Length; i++)
        {
            _change[i] = -descent[i] - _gradient[i];
        }

        double gradientChange = -Vectors.Dot(descent, _change);
        if (update == ConjugateGradientUpdate.PolakRibiere)
        {
            bool overlap = Math.Abs(Vectors.Dot(descent, _gradient)) > LargestOverlap * Vectors.Dot(descent, descent);
            return overlap ? 0 : Math.Max(0, gradientChange / Vectors.Dot(_gradient, _gradient));
        }

        double curvature = Vectors.Dot(_direction, _change);
        double slope = -Vectors.Dot(descent, _direction);
        return curvature > 0
            ? Math.Max(
                (gradientChange - (2 * slope * (Vectors.Dot(_change, _change) / curvature))) / curvature,
                    0.4 * slope / Vectors.Dot(_direction, _direction))
            : 0;
    }
}

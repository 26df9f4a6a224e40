using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The projected gradient step p = P(x - a g) - x, whose length a is Cauchy's or Barzilai and Borwein's: see
/// <see cref="GradientStep"/>.</summary>
internal sealed class GradientDirection(Objective objective, GradientStep step) : FirstOrderDirection(objective)
{
    private readonly double[] _x = new double[objective.Unknowns];
    private readonly double[] _slope = new double[objective.Unknowns];
    private readonly double[] _moved = new double[objective.Unknowns];
    private readonly double[] _change = new double[objective.Unknowns];

    protected override bool Determine(Point point, ProposalDraft draft)
    {
        SteepestDescent(point, draft);
        double length = Fresh || step == GradientStep.Cauchy ? double.NaN : SpectralLength(point);
        point.X.CopyTo(_x);
        Slope.CopyTo(_slope, 0);
        if (length is > 0 and < double.PositiveInfinity)
        {
            foreach (ref double p in draft.Direction)
            {
                p *= length;
            }
        }
        else if (double.IsNaN(length = ScaleToMinimizer(point, draft)))
        {
            return false;
        }

        Project(point, draft, length);
        return true;
    }

    /// <summary>s.s / s.y; not positive where the curvature along s is not, not a number where it is only rounding of the gradient, as a
    /// robust loss has it where every residual is large.</summary>
    private double SpectralLength(Point point)
    {
        Scale.Difference(point.X, _x, _moved);
        Vectors.Subtract(Slope, _slope, _change);
        double curvature = Vectors.Dot(_moved, _change);
        double rounding = Objective.Rounding * Vectors.Norm(_moved) * Vectors.Norm(Slope);
        return Math.Abs(curvature) <= rounding ? double.NaN : Vectors.Dot(_moved, _moved) / curvature;
    }

    /// <summary>Ends the step at the bounds; in z the model is -g.p - p.p / 2a.</summary>
    private void Project(Point at, ProposalDraft draft, double length)
    {
        Box bounds = Objective.Problem.Bounds;
        double decrease = 0;
        ReadOnlySpan<double> point = at.X;
        Span<double> direction = draft.Direction;
        ReadOnlySpan<double> units = Scale.Units;
        Scale.ToUnknowns(direction);
        for (int i = 0; i < direction.Length; i++)
        {
            double p = direction[i];
            double x = point[i];
            double to = Math.Clamp(x + p, bounds.Lower(i), bounds.Upper(i));
            if (to != x + p)
            {
                direction[i] = p = to - x;
            }

            double z = p / units[i];
            decrease -= (Slope[i] * z) + (0.5 * z * (z / length));
        }

        draft.PredictedDecrease = decrease / Unit;
    }
}

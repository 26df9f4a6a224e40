using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The projected gradient step p = P(x - a g) - x, whose length a is Cauchy's or Barzilai and Borwein's: see <see cref="GradientStep"/>.</summary>
internal sealed class GradientDirection(Objective model, GradientStep step) : FirstOrderDirection(model)
{
    private readonly double[] _x = new double[model.Unknowns];
    private readonly double[] _slope = new double[model.Unknowns];
    private readonly double[] _moved = new double[model.Unknowns];
    private readonly double[] _change = new double[model.Unknowns];

    protected override bool Determine(Iterate iterate)
    {
        SteepestDescent(iterate);
        double length = Fresh || step == GradientStep.Cauchy ? double.NaN : SpectralLength(iterate);
        iterate.X.CopyTo(_x, 0);
        Slope.CopyTo(_slope, 0);
        if (length is > 0 and < double.PositiveInfinity)
        {
            for (int i = 0; i < Slope.Length; i++)
            {
                iterate.Direction[i] *= length;
            }
        }
        else if (double.IsNaN(length = ScaleToMinimizer(iterate)))
        {
            return false;
        }

        Project(iterate, length);
        return true;
    }

    /// <summary>s.s / s.y; not positive where the curvature along s is not, not a number where it is only rounding of the gradient, as a robust loss has it where
    /// every residual is large.</summary>
    private double SpectralLength(Iterate iterate)
    {
        Vectors.Subtract(iterate.X, _x, _moved);
        Vectors.Subtract(Slope, _slope, _change);
        double curvature = Vectors.Dot(_moved, _change);
        double rounding = Model.Rounding * Vectors.Norm(_moved) * Vectors.Norm(Slope);
        return Math.Abs(curvature) <= rounding ? double.NaN : Vectors.Dot(_moved, _moved) / curvature;
    }

    /// <summary>Ends the step at the bounds; the model is -g.p - p.p / 2a.</summary>
    private void Project(Iterate iterate, double length)
    {
        Box bounds = Model.Problem.Bounds;
        double decrease = 0;
        for (int i = 0; i < Slope.Length; i++)
        {
            double p = iterate.Direction[i];
            double x = iterate.X[i];
            double to = Math.Clamp(x + p, bounds.Lower(i), bounds.Upper(i));
            if (to != x + p)
            {
                iterate.Direction[i] = p = to - x;
            }

            decrease -= (Slope[i] * p) + (0.5 * p * (p / length));
        }

        iterate.PredictedDecrease = decrease / Unit;
    }
}

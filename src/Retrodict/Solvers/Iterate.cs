namespace Retrodict.Solvers;

/// <summary>
/// The state of a solve, which the parts read and write: the point, its residuals and objective, the direction, and a trial point. All memory is made
/// once and reused.
/// </summary>
internal sealed class Iterate(LeastSquares model)
{
    /// <summary>The current point, inside the box.</summary>
    public double[] X { get; private set; } = new double[model.Unknowns];

    /// <summary>The weighted residuals at <see cref="X"/>.</summary>
    public double[] Residual { get; private set; } = new double[model.Rows];

    /// <summary>Half the sum of squares of <see cref="Residual"/>.</summary>
    public double Cost { get; set; }

    /// <summary>The objective's gradient at <see cref="X"/>.</summary>
    public double[] Gradient { get; } = new double[model.Unknowns];

    /// <summary>The direction of the next step.</summary>
    public double[] Direction { get; } = new double[model.Unknowns];

    /// <summary>Which unknowns are held by a bound for this step; see <see cref="ActiveSet"/>.</summary>
    public bool[] Active { get; } = new bool[model.Unknowns];

    /// <summary>The first-order optimality at <see cref="X"/>: see <see cref="StoppingRule.GradientTolerance"/>.</summary>
    public double Optimality { get; set; }

    /// <summary>The decrease of the objective that the direction's own model predicts for the full step.</summary>
    public double PredictedDecrease { get; set; }

    /// <summary>The trial point.</summary>
    public double[] Trial { get; private set; } = new double[model.Unknowns];

    /// <summary>The weighted residuals at <see cref="Trial"/>.</summary>
    public double[] TrialResidual { get; private set; } = new double[model.Rows];

    /// <summary>The factor that the globaliser put on the direction.</summary>
    public double StepFactor { get; set; }

    /// <summary>Evaluations of this solve.</summary>
    public ILeastSquaresRun Run { get; } = model.NewRun();

    /// <summary>Makes the trial point the current one.</summary>
    public void Accept(double cost)
    {
        (X, Trial) = (Trial, X);
        (Residual, TrialResidual) = (TrialResidual, Residual);
        Cost = cost;
    }
}

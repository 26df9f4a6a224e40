using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The state of a solve, which the parts read and write: the point, its residuals and objective, the direction, and a trial point. All memory is made
/// once and reused.
/// </summary>
internal sealed class Iterate(Objective model, SolveLimits limits)
{
    private readonly RobustLoss? _loss = model.Problem.Loss;
    private readonly double[] _corrected = model.Problem.Loss is null ? [] : new double[model.Rows];
    private readonly double[] _seed = model.Problem.Loss is null ? [] : new double[model.Rows];
    private readonly double[] _rowScale = model.Problem.Loss is null ? [] : new double[model.Rows];
    private readonly double[] _bestX = new double[model.Unknowns];
    private readonly double[] _bestResidual = new double[model.Rows];
    private double _bestCost;
    private double _observationLength;

    /// <summary>The problem.</summary>
    public Objective Model => model;

    /// <summary>Evaluations of this solve.</summary>
    public IObjectiveRun Run { get; } = model.NewRun();

    /// <summary>The current point, inside the box.</summary>
    public double[] X { get; private set; } = new double[model.Unknowns];

    /// <summary>The weighted residuals at <see cref="X"/>.</summary>
    public double[] Residual { get; private set; } = new double[model.Rows];

    /// <summary>The residuals of the Gauss-Newton model, whose Jacobian has its rows multiplied by <see cref="RowScale"/>: <see cref="Residual"/> itself unless a
    /// robust loss is at work. See <see cref="Correct"/>.</summary>
    public double[] Corrected => _loss is null ? Residual : _corrected;

    /// <summary>What a robust loss multiplies the Jacobian's rows with (see <see cref="RobustWeights"/>); empty without one.</summary>
    public ReadOnlySpan<double> RowScale => _rowScale;

    /// <summary>The objective at <see cref="X"/>.</summary>
    public double Cost { get; set; }

    /// <summary>The objective's gradient at <see cref="X"/>.</summary>
    public double[] Gradient { get; private set; } = new double[model.Unknowns];

    /// <summary>Whether <see cref="Gradient"/> belongs to <see cref="X"/> already, because a search computed it.</summary>
    public bool HasGradient { get; set; }

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

    /// <summary>The gradient at <see cref="Trial"/>, for searches that need it.</summary>
    public double[] TrialGradient { get; private set; } = new double[model.Unknowns];

    /// <summary>How much of the direction was taken: see <see cref="IterationRecord.StepFactor"/>.</summary>
    public double StepFactor { get; set; }

    /// <summary>Whether a short step or a small decrease says that the point is a minimum; not where the direction comes from no model of the objective.</summary>
    public bool IsConclusive { get; set; }

    /// <summary>Whether <see cref="Direction.Linearize"/> has moved to another, lower start, of which the criteria have not been asked yet.</summary>
    public bool IsRestarted { get; set; }

    /// <summary>The decrease of the objective over the predicted one, for the step that was accepted.</summary>
    public double GainRatio { get; set; }

    /// <summary>The trust region's radius that led to the accepted step; NaN where there is none.</summary>
    public double Radius { get; set; }

    /// <summary>Accepted steps so far.</summary>
    public int Iterations { get; set; }

    /// <summary>Where a NaN or an infinity first appeared.</summary>
    public NonFiniteReport? NonFinite { get; private set; }

    /// <summary>
    /// Differences of the objective up to this are rounding: that of the sum itself, and that of the model's values, which the residuals inherit. With independent
    /// errors of a few units in the last place of every whitened component of y the latter is about ‖r‖ ‖y‖ / √rows of them.
    /// </summary>
    public double CostRounding => model.Rounding * (Cost + (0.25 * Math.Sqrt(2 * Cost / model.Rows) * _observationLength));

    /// <summary>Whether a derivative of this step was not finite; the direction then is of no use, and short steps prove nothing.</summary>
    public bool DerivativeFailed { get; private set; }

    /// <summary>The limit that forbids another evaluation; none if it may be made.</summary>
    public StoppingCriterion Limit => limits.Reached(Run.Counts.Model);

    /// <summary>Evaluates a start, which must lie inside the box.</summary>
    public void Begin(ReadOnlySpan<double> observation, ReadOnlySpan<double> start)
    {
        Run.Begin(observation);
        _observationLength = model.WeightedLength(observation);
        start.CopyTo(X);
        (Iterations, NonFinite, HasGradient) = (0, null, false);
        (StepFactor, GainRatio, Radius) = (0, double.NaN, double.NaN);
        Cost = Run.Evaluate(X, Residual);
        NoteNonFinite(Cost, Residual);
        _bestCost = double.PositiveInfinity;
    }

    /// <summary>Evaluates the trial point.</summary>
    /// <returns>Its objective; may be NaN or infinite.</returns>
    public double EvaluateTrial()
    {
        double cost = Run.Evaluate(Trial, TrialResidual);
        NoteNonFinite(cost, TrialResidual);
        return cost;
    }

    /// <summary>Brings <see cref="Corrected"/> and <see cref="RowScale"/> up to the current point.</summary>
    public void Correct()
    {
        if (_loss is not null)
        {
            RobustWeights.Apply(_loss, Residual, model.MisfitRows, _corrected, _rowScale);
        }
    }

    /// <summary>What J^T is applied to for the objective's gradient: the residuals times what a robust loss weighs them with.</summary>
    /// <param name="residual">Residuals at any point; themselves the result unless a robust loss is at work.</param>
    public ReadOnlySpan<double> GradientSeed(double[] residual)
    {
        if (_loss is null)
        {
            return residual;
        }

        RobustWeights.Seed(_loss, residual, model.MisfitRows, _seed);
        return _seed;
    }

    /// <summary>How much lower the trial's objective is: the sum of (r - t)(r + t) / 2 over residuals r and the trial's t, which keeps digits that the
    /// difference of two sums does not.</summary>
    /// <param name="trialCost">The trial's objective.</param>
    public double TrialDecrease(double trialCost)
    {
        if (_loss is not null || !double.IsFinite(trialCost))
        {
            return Cost - trialCost;
        }

        double sum = 0;
        for (int i = 0; i < Residual.Length; i++)
        {
            sum += (Residual[i] - TrialResidual[i]) * (Residual[i] + TrialResidual[i]);
        }

        return double.IsFinite(sum) ? 0.5 * sum : Cost - trialCost;
    }

    /// <summary>Evaluates the trial point and its gradient in one go.</summary>
    /// <returns>Its objective; may be NaN or infinite.</returns>
    public double EvaluateTrialWithGradient()
    {
        if (_loss is null)
        {
            double plain = Run.EvaluateWithGradient(Trial, TrialResidual, TrialGradient);
            NoteNonFinite(plain, TrialResidual);
            return plain;
        }

        double cost = EvaluateTrial();
        if (double.IsFinite(cost))
        {
            Run.Vjp(Trial, GradientSeed(TrialResidual), TrialGradient);
        }

        return cost;
    }

    /// <summary>Makes sure that <see cref="Gradient"/> belongs to <see cref="X"/>.</summary>
    public void ComputeGradient()
    {
        if (!HasGradient)
        {
            Run.Vjp(X, GradientSeed(Residual), Gradient);
            HasGradient = true;
        }
    }

    /// <summary>Remembers the trial point, if it is the lowest so far, while a search goes on for a better one.</summary>
    /// <returns>Whether it is.</returns>
    public bool Keep(double cost)
    {
        if (!(cost < Cost && cost < _bestCost))
        {
            return false;
        }

        Trial.CopyTo(_bestX, 0);
        TrialResidual.CopyTo(_bestResidual, 0);
        _bestCost = cost;
        return true;
    }

    /// <summary>Makes the lowest point that was kept the current one.</summary>
    public void AcceptKept()
    {
        _bestX.CopyTo(Trial, 0);
        _bestResidual.CopyTo(TrialResidual, 0);
        Accept(_bestCost);
    }

    /// <summary>Makes the trial point the current one.</summary>
    /// <param name="cost">Its objective.</param>
    /// <param name="withGradient">Whether <see cref="TrialGradient"/> is its gradient.</param>
    public void Accept(double cost, bool withGradient = false)
    {
        (X, Trial) = (Trial, X);
        (Residual, TrialResidual) = (TrialResidual, Residual);
        if (withGradient)
        {
            (Gradient, TrialGradient) = (TrialGradient, Gradient);
        }

        HasGradient = withGradient;

        // Only nonmonotone searches go up. The trial's memory now holds the point before.
        if (cost > Cost && Cost < _bestCost)
        {
            Trial.CopyTo(_bestX, 0);
            TrialResidual.CopyTo(_bestResidual, 0);
            _bestCost = Cost;
        }

        Cost = cost;
    }

    /// <summary>Goes back to the best point, if a search went up from it by more than rounding and did not find a better one.</summary>
    /// <returns>Whether it did.</returns>
    public bool ReturnToBest()
    {
        bool wentUp = _bestCost < Cost - CostRounding;
        if (wentUp)
        {
            _bestX.CopyTo(X, 0);
            _bestResidual.CopyTo(Residual, 0);
            Cost = _bestCost;
        }

        return wentUp;
    }

    /// <summary>Begins a step, none of whose derivatives has failed yet.</summary>
    public void BeginStep() => (DerivativeFailed, IsConclusive, IsRestarted) = (false, true, false);

    /// <summary>Notes a derivative that is not finite, once a step.</summary>
    public void NoteNonFiniteDerivative()
    {
        if (!DerivativeFailed)
        {
            Note(-1);
            DerivativeFailed = true;
        }
    }

    /// <summary>Notes a derivative that is not finite but that the step can do without.</summary>
    public void NoteDispensableDerivative() => Note(-1);

    /// <summary>Notes a product of derivatives, should it not be finite.</summary>
    public void NoteDerivative(ReadOnlySpan<double> product)
    {
        if (!double.IsFinite(Vectors.Largest(product)))
        {
            NoteNonFiniteDerivative();
        }
    }

    private void NoteNonFinite(double cost, double[] residual)
    {
        if (!double.IsFinite(cost))
        {
            int row = Array.FindIndex(residual, static r => !double.IsFinite(r));
            Note(row < 0 ? row : model.Position(row));
        }
    }

    private void Note(int residual) => NonFinite = NonFinite is { } first
        ? first with { Evaluations = first.Evaluations + 1 }
        : new NonFiniteReport(Run.Counts.Model == 1 ? 0 : Iterations + 1, residual, 1);
}

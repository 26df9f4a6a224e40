using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The current point x of a solve, with what the model says there. The loop moves it; everybody else reads it and asks it for derivatives,
/// which are always those at x, are counted, and are never computed outside of the box. All memory is made once and reused, so that spans
/// are good until the point moves.
/// <para>
/// The objective is half the sum of squares of the weighted residuals r, or what a robust loss makes of them. Methods of Gauss-Newton type
/// see it through corrected residuals r~ and a Jacobian J whose rows are weighted: J^T r~ is the objective's gradient and J^T J its
/// curvature, whatever the loss. Without one r~ = r.
/// </para>
/// </summary>
public sealed class Point
{
    private readonly RobustLoss? _loss;
    private readonly double[] _corrected;
    private readonly double[] _rowScale;
    private readonly double[] _seed;
    private readonly BestPoint _best;
    private readonly NonFiniteNotes _notes;
    private readonly DerivativeFault _fault;
    private double[] _x;
    private double[] _residual;
    private double[] _gradient;
    private readonly double[] _start;
    private double[]? _workspace;
    private bool _isCorrected;
    private long _differences;

    internal Point(Objective objective)
    {
        Objective = objective;
        Run = objective.NewRun();
        _loss = objective.Problem.Loss;
        (_x, _residual, _gradient) = (new double[objective.Unknowns], new double[objective.Rows], new double[objective.Unknowns]);
        _start = new double[objective.Unknowns];
        int weighted = _loss is null ? 0 : objective.Rows;
        (_corrected, _rowScale, _seed) = (new double[weighted], new double[weighted], new double[weighted]);
        _best = new BestPoint(objective);
        _notes = new NonFiniteNotes();
        _fault = new DerivativeFault(objective, Run);
    }

    /// <summary>The problem, compiled.</summary>
    public Objective Objective { get; }

    /// <summary>The point x, [unknowns], inside the box.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The weighted residuals r at x, [rows], in units of the noise.</summary>
    public ReadOnlySpan<double> Residual => _residual;

    /// <summary>The corrected residuals r~, [rows]; r itself without a robust loss.</summary>
    public ReadOnlySpan<double> Corrected
    {
        get
        {
            Correct();
            return _loss is null ? _residual : _corrected;
        }
    }

    /// <summary>The objective at x.</summary>
    public double Cost { get; private set; }

    /// <summary>The objective's gradient at x, [unknowns]: that of an earlier point until <see cref="ComputeGradient"/> or
    /// <see cref="ComputeJacobian"/> is called.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Whether <see cref="Gradient"/> belongs to x already.</summary>
    public bool HasGradient { get; private set; }

    /// <summary>Steps taken so far.</summary>
    public int Iterations { get; private set; }

    /// <summary>What the solve has cost so far.</summary>
    public EvaluationCounts Counts => Run.Counts;

    /// <summary>
    /// Differences of the objective up to this are rounding: that of the sum itself, and that of the model's values, which the residuals
    /// inherit. With independent errors of a few units in the last place of every whitened component of y the latter is about ‖r‖
    /// ‖y‖ / √rows of them.
    /// </summary>
    public double CostRounding => Objective.Rounding * (Cost + (0.25 * Math.Sqrt(2 * Cost / Objective.Rows) * ObservationLength));

    /// <summary>Where the solve began, [unknowns].</summary>
    internal ReadOnlySpan<double> Start => _start;

    /// <summary>The evaluations of the solve.</summary>
    internal IObjectiveRun Run { get; }

    /// <summary>The length of the whitened measurement.</summary>
    internal double ObservationLength { get; private set; }

    /// <summary>What a robust loss multiplies the Jacobian's rows with; empty without one. See <see cref="RobustWeights"/>.</summary>
    internal ReadOnlySpan<double> RowScale
    {
        get
        {
            Correct();
            return _rowScale;
        }
    }

    /// <summary>Whether the point was moved to another, lower start, of which the criteria have not been asked yet.</summary>
    internal bool IsRestarted { get; private set; }

    /// <summary>Whether a derivative of this step was not finite; the direction then is of no use, and short steps prove nothing.</summary>
    internal bool DerivativeFailed { get; private set; }

    /// <summary>Where a NaN or an infinity first appeared.</summary>
    internal NonFiniteReport? NonFinite => _notes.Report;

    /// <summary>Makes sure that <see cref="Gradient"/> belongs to x: one product with the transposed Jacobian, or none where a search has
    /// computed it.</summary>
    public void ComputeGradient()
    {
        if (!HasGradient)
        {
            Run.Vjp(_x, GradientSeed(_residual), _gradient);
            HasGradient = true;
        }
    }

    /// <summary>Computes the Jacobian J of the corrected residuals at x, and with it the gradient J^T r~.</summary>
    /// <param name="jacobian">Receives J, [rows, unknowns] row-major. A NaN or an infinity in it makes the gradient's component NaN or
    /// infinite as well.</param>
    /// <exception cref="ArgumentException">The length is not rows times unknowns.</exception>
    public void ComputeJacobian(Span<double> jacobian)
    {
        (int m, int n) = (Objective.Rows, Objective.Unknowns);
        Require(jacobian.Length, m * n, nameof(jacobian));
        Run.Jacobian(_x, jacobian);
        ReadOnlySpan<double> factors = RowScale;
        for (int i = 0; i < factors.Length; i++)
        {
            Vectors.Scale(factors[i], jacobian.Slice(i * n, n));
        }

        _workspace ??= new double[MatrixProducts.VectorWorkspaceLength<double>(m, n)];
        MatrixProducts.TransposedTimesVector<double>(jacobian, m, n, Corrected, _gradient, _workspace);
        HasGradient = true;
        if (!double.IsFinite(Vectors.Largest(_gradient)))
        {
            _fault.FindIn(jacobian);
        }
    }

    /// <summary>J v at x. Should the product not be finite, the step fails and the result says so.</summary>
    /// <param name="vector">v, [unknowns].</param>
    /// <param name="product">Receives J v, [rows].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Times(ReadOnlySpan<double> vector, Span<double> product)
    {
        Require(vector.Length, Objective.Unknowns, nameof(vector));
        Require(product.Length, Objective.Rows, nameof(product));
        Run.Jvp(_x, vector, product);
        if (!double.IsFinite(Vectors.Largest(product)))
        {
            _fault.FindUnknown(_x, product);
            NoteNonFiniteDerivative();
        }

        Weigh(product);
    }

    /// <summary>J^T u at x. Should the product not be finite, the step fails and the result says so.</summary>
    /// <param name="vector">u, [rows].</param>
    /// <param name="product">Receives J^T u, [unknowns].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void TransposedTimes(ReadOnlySpan<double> vector, Span<double> product)
    {
        Require(vector.Length, Objective.Rows, nameof(vector));
        Require(product.Length, Objective.Unknowns, nameof(product));
        ReadOnlySpan<double> factors = RowScale;
        for (int i = 0; i < factors.Length; i++)
        {
            _seed[i] = vector[i] * factors[i];
        }

        Run.Vjp(_x, factors.IsEmpty ? vector : _seed, product);
        NoteDerivative(product);
    }

    /// <summary>The second derivative of the corrected residuals along v at x, r''[v, v] with J's weights. It may be not finite where J v
    /// is: whether that matters is for the caller to say.</summary>
    /// <param name="direction">v, [unknowns].</param>
    /// <param name="product">Receives the derivative, [rows].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void SecondDerivative(ReadOnlySpan<double> direction, Span<double> product)
    {
        Require(direction.Length, Objective.Unknowns, nameof(direction));
        Require(product.Length, Objective.Rows, nameof(product));
        Run.SecondDerivative(_x, direction, product);
        Weigh(product);
    }

    /// <summary>The curvature of the residuals at x, the sum of the objective's slope in residual i times the Hessian of residual i: with
    /// J^T J it is the Hessian of the objective. It may be not finite where J is: whether that matters is for the caller to say.</summary>
    /// <param name="matrix">Receives it, [unknowns, unknowns] row-major.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void ComputeCurvature(Span<double> matrix)
    {
        Require(matrix.Length, Objective.Unknowns * Objective.Unknowns, nameof(matrix));
        Run.Curvature(_x, GradientSeed(_residual), matrix);
    }

    /// <summary>The product with v of the matrix that <see cref="ComputeCurvature"/> computes. Should it not be finite, the step fails and
    /// the result says so.</summary>
    /// <param name="vector">v, [unknowns].</param>
    /// <param name="product">Receives the product, [unknowns].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void CurvatureTimes(ReadOnlySpan<double> vector, Span<double> product)
    {
        Require(vector.Length, Objective.Unknowns, nameof(vector));
        Require(product.Length, Objective.Unknowns, nameof(product));
        Run.CurvatureProduct(_x, GradientSeed(_residual), vector, product);
        NoteDerivative(product);
    }

    /// <summary>Counts a linear system that a direction has solved; results and reports show their number.</summary>
    public void CountLinearSolve() => Run.Counts = Run.Counts with { LinearSolves = Run.Counts.LinearSolves + 1 };

    /// <summary>Counts a run of a black box for a difference.</summary>
    internal void CountDifference()
    {
        Run.Counts = Run.Counts with { Model = Run.Counts.Model + 1 };
        _differences++;
    }

    /// <summary>Says how often a reverse map has been evaluated.</summary>
    internal void CountReverseMap(long evaluations) => Run.Counts = Run.Counts with { ReverseMap = evaluations };

    /// <summary>Evaluates a start, which must lie inside the box.</summary>
    internal void Begin(ReadOnlySpan<double> observation, ReadOnlySpan<double> start)
    {
        Run.Begin(observation);
        ObservationLength = Objective.WeightedLength(observation);
        start.CopyTo(_x);
        (Iterations, HasGradient, _isCorrected, _differences) = (0, false, false, 0);
        _notes.Begin();
        _best.Forget();
        Cost = Run.Evaluate(_x, _residual);
        NoteEvaluation(Cost, _residual);
    }

    /// <summary>Keeps the point as the one where the solve began.</summary>
    internal void KeepStart() => _x.CopyTo(_start, 0);

    /// <summary>Begins a step, none of whose derivatives has failed yet.</summary>
    internal void BeginStep()
    {
        (DerivativeFailed, IsRestarted) = (false, false);
        _fault.Forget();
    }

    /// <summary>Makes the trial point the current one.</summary>
    internal void MoveTo(Trial trial)
    {
        double before = Cost;
        Cost = trial.Cost;
        (HasGradient, _isCorrected) = (trial.HasGradient, false);
        trial.Exchange(ref _x, ref _residual, ref _gradient);
        if (Cost > before)
        {
            // Only nonmonotone searches go up. The trial's memory now holds the point before.
            _best.Keep(trial.X, trial.Residual, before);
        }
    }

    /// <summary>Counts the step that led here.</summary>
    internal void CountIteration() => Iterations++;

    /// <summary>Makes the trial point the current one, as another start to go on from.</summary>
    internal void RestartAt(Trial trial)
    {
        MoveTo(trial);
        IsRestarted = true;
    }

    /// <summary>Remembers a trial, if it is lower than the point and all that was kept.</summary>
    internal bool Keep(Trial trial) => trial.Cost < Cost && _best.Keep(trial.X, trial.Residual, trial.Cost);

    /// <summary>Copies the lowest point that was kept.</summary>
    internal double CopyKept(Span<double> x, Span<double> residual) => _best.CopyTo(x, residual);

    /// <summary>Goes back to the best point, if a search went up from it by more than rounding and did not find a better one.</summary>
    /// <returns>Whether it did.</returns>
    internal bool ReturnToBest()
    {
        if (!(_best.Cost < Cost - CostRounding))
        {
            return false;
        }

        Cost = _best.CopyTo(_x, _residual);
        (HasGradient, _isCorrected) = (false, false);
        return true;
    }

    /// <summary>The gradient J^T r~ by weighted rows, whether or not there is one already.</summary>
    internal void ComputeWeightedGradient()
    {
        TransposedTimes(Corrected, _gradient);
        HasGradient = true;
    }

    /// <summary>What the plain Jacobian's transpose is applied to for the objective's gradient: residuals at any point, times what a robust
    /// loss weighs them with.</summary>
    internal ReadOnlySpan<double> GradientSeed(ReadOnlySpan<double> residual)
    {
        if (_loss is null)
        {
            return residual;
        }

        RobustWeights.Seed(_loss, residual, Objective.MisfitRows, _seed);
        return _seed;
    }

    /// <summary>Notes an objective that is not finite, with the first residual that is to blame.</summary>
    internal void NoteEvaluation(double cost, ReadOnlySpan<double> residual)
    {
        if (!double.IsFinite(cost))
        {
            int row = 0;
            while (row < residual.Length && double.IsFinite(residual[row]))
            {
                row++;
            }

            Note(row < residual.Length ? Objective.Position(row) : -1);
        }
    }

    /// <summary>Whether the derivative by an unknown is not finite here.</summary>
    internal bool HasNoDerivativeBy(int unknown) => _fault.IsBy(_x, unknown);

    /// <summary>Notes a derivative that is not finite, once a step.</summary>
    internal void NoteNonFiniteDerivative()
    {
        if (!DerivativeFailed)
        {
            if (HasGradient)
            {
                _fault.FindRow(_x, _gradient);
            }

            Note(-1);
            _notes.Blame(_fault.Row < 0 ? -1 : Objective.Position(_fault.Row), _fault.Unknown);
            DerivativeFailed = true;
        }
    }

    /// <summary>Notes a derivative that is not finite but that the step can do without.</summary>
    internal void NoteDispensableDerivative() => Note(-1);

    private void Note(int residual) => _notes.Add(Run.Counts.Model - _differences == 1 ? 0 : Iterations + 1, residual);

    private void NoteDerivative(ReadOnlySpan<double> product)
    {
        if (!double.IsFinite(Vectors.Largest(product)))
        {
            _fault.FindRow(_x, product);
            NoteNonFiniteDerivative();
        }
    }

    private void Correct()
    {
        if (_loss is not null && !_isCorrected)
        {
            RobustWeights.Apply(_loss, _residual, Objective.MisfitRows, _corrected, _rowScale);
            _isCorrected = true;
        }
    }

    private void Weigh(Span<double> rows)
    {
        ReadOnlySpan<double> factors = RowScale;
        for (int i = 0; i < factors.Length; i++)
        {
            rows[i] *= factors[i];
        }
    }

    private static void Require(int length, int expected, string parameter)
    {
        if (length != expected)
        {
            throw new ArgumentException($"The {parameter} has {length} numbers; it must have {expected}.", parameter);
        }
    }
}

using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// The Gauss-Newton direction on the free unknowns: p minimises ‖r + J p‖ with p = 0 where a bound holds.
/// Held unknowns near their bound take a scaled gradient step, which the projection ends at the bound. Unknowns at a bound that p would take out of the box
/// are held as well, and p is computed again for the rest.
/// <para>
/// The normal equations J^T J p = -J^T r, scaled to a unit diagonal, are solved by Cholesky where their condition allows it: their error grows with the square of
/// J's condition number, so beyond a reciprocal condition of 1e-10 a QR factorisation of J with column pivoting takes over, and where J is rank
/// deficient it gives the shortest of all minimisers, measured in unknowns whose columns have length one, so that no unit matters (Golub and Van Loan, Matrix Computations, 4th ed., section 5.5).
/// </para>
/// </summary>
internal sealed class GaussNewtonDirection : Direction
{
    private const double LeastReciprocalCondition = 1e-10;

    private readonly LeastSquares _model;
    private readonly double[] _jacobian;
    private readonly double[] _gram;
    private readonly double[] _diagonal;
    private readonly double[] _gramWorkspace;
    private readonly double[] _vectorWorkspace;
    private readonly double[] _matrix;
    private readonly double[] _right;
    private readonly int[] _free;
    private readonly double[] _factorWorkspace;
    private readonly Lazy<PivotedLeastSquares> _pivoted;

    public GaussNewtonDirection(LeastSquares model)
    {
        int m = model.Rows;
        int n = model.Unknowns;
        _model = model;
        _jacobian = new double[m * n];
        _gram = new double[n * n];
        _diagonal = new double[n];
        _gramWorkspace = new double[MatrixProducts.GramWorkspaceLength<double>(m, n)];
        _vectorWorkspace = new double[MatrixProducts.VectorWorkspaceLength<double>(m, n)];
        _matrix = new double[n * n];
        _right = new double[n];
        _free = new int[n];
        _factorWorkspace = new double[Math.Max(CholeskyFactorization.WorkspaceLength<double>(n), CholeskyFactorization.SolveWorkspaceLength<double>(n, 1))];
        _pivoted = new Lazy<PivotedLeastSquares>(() => new PivotedLeastSquares(m, n));
    }

    public override bool Linearize(Iterate iterate)
    {
        int m = _model.Rows;
        int n = _model.Unknowns;
        iterate.Run.Jacobian(iterate.X, _jacobian);
        MatrixProducts.Gram<double>(_jacobian, m, n, _gram, _gramWorkspace);
        MatrixProducts.TransposedTimesVector<double>(_jacobian, m, n, iterate.Residual, iterate.Gradient, _vectorWorkspace);
        double residualNorm = Math.Sqrt(2 * iterate.Cost);
        double optimality = 0;
        bool finite = true;
        for (int i = 0; i < n; i++)
        {
            _diagonal[i] = _gram[(i * n) + i];
            double gradient = iterate.Gradient[i];
            finite &= double.IsFinite(_diagonal[i]) && double.IsFinite(gradient);
            if (gradient != 0 && !ActiveSet.Blocked(_model.Problem.Bounds, i, iterate.X[i], gradient))
            {
                optimality = Math.Max(optimality, Math.Abs(gradient) / (Math.Sqrt(_diagonal[i]) * residualNorm));
            }
        }

        iterate.Optimality = optimality;
        return finite;
    }

    public override void Compute(Iterate iterate)
    {
        int n = _model.Unknowns;
        Box bounds = _model.Problem.Bounds;
        int count = ActiveSet.Find(bounds, iterate.X, iterate.Gradient, _diagonal, iterate.Active);
        SolveFree(iterate, count);
        for (int left = HoldClipped(iterate); left < count && left > 0; left = HoldClipped(iterate))
        {
            count = left;
            SolveFree(iterate, count);
        }

        ReadOnlySpan<int> free = _free.AsSpan(0, count);

        // The model's decrease, -g.p - |J p|^2 / 2, is -g.p / 2 for the minimiser. Held unknowns gain what the slope gives up to their bound.
        iterate.PredictedDecrease = 0;
        foreach (int i in free)
        {
            iterate.PredictedDecrease -= 0.5 * iterate.Gradient[i] * iterate.Direction[i];
        }

        for (int i = 0; i < n; i++)
        {
            (double x, double lower, double upper) = (iterate.X[i], bounds.Lower(i), bounds.Upper(i));
            if (iterate.Active[i] && _diagonal[i] > 0)
            {
                // One that sits at its bound stays there.
                double step = lower < x && x < upper ? -iterate.Gradient[i] / _diagonal[i] : 0;
                iterate.Direction[i] = step;
                iterate.PredictedDecrease += iterate.Gradient[i] * (x - Math.Clamp(x + step, lower, upper));
            }
        }
    }

    private void SolveFree(Iterate iterate, int count)
    {
        for (int i = 0, f = 0; f < count; i++)
        {
            if (!iterate.Active[i])
            {
                _free[f++] = i;
            }
        }

        ReadOnlySpan<int> free = _free.AsSpan(0, count);
        Array.Clear(iterate.Direction);
        if (!TryNormalEquations(iterate, free))
        {
            _pivoted.Value.Solve(_jacobian, _model.Rows, _model.Unknowns, free, iterate.Residual, iterate.Direction);
        }

        iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
    }

    /// <summary>
    /// Holds the free unknowns that sit at a bound and that the direction would take out of the box. The projection would keep them there, and without
    /// their part the step of the others is no minimiser. It stays a descent direction: these unknowns have g_i p_i >= 0.
    /// </summary>
    /// <returns>How many are still free.</returns>
    private int HoldClipped(Iterate iterate)
    {
        Box bounds = _model.Problem.Bounds;
        int free = 0;
        for (int i = 0; i < iterate.X.Length; i++)
        {
            double p = iterate.Direction[i];
            iterate.Active[i] |= (p < 0 && iterate.X[i] <= bounds.Lower(i)) || (p > 0 && iterate.X[i] >= bounds.Upper(i));
            free += iterate.Active[i] ? 0 : 1;
        }

        return free;
    }

    private bool TryNormalEquations(Iterate iterate, ReadOnlySpan<int> free)
    {
        int n = _model.Unknowns;
        int count = free.Length;
        Span<double> matrix = _matrix.AsSpan(0, count * count);
        Span<double> right = _right.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            double scale = 1 / Math.Sqrt(_diagonal[free[i]]);
            if (!double.IsFinite(scale))
            {
                return false;
            }

            right[i] = -iterate.Gradient[free[i]] * scale;
            ReadOnlySpan<double> row = _gram.AsSpan(free[i] * n, n);
            Span<double> target = matrix.Slice(i * count, i + 1);
            for (int j = 0; j < i; j++)
            {
                target[j] = row[free[j]] * scale / Math.Sqrt(_diagonal[free[j]]);
            }

            target[i] = 1;
        }

        if (!CholeskyFactorization.TryFactor(matrix, count, _factorWorkspace)
            || !(CholeskyFactorization.ReciprocalConditionFromDiagonal<double>(matrix, count) > LeastReciprocalCondition))
        {
            return false;
        }

        CholeskyFactorization.Solve<double>(matrix, count, right, 1, _factorWorkspace);
        for (int i = 0; i < count; i++)
        {
            iterate.Direction[free[i]] = right[i] / Math.Sqrt(_diagonal[free[i]]);
        }

        return true;
    }
}

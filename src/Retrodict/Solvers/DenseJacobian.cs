using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>The linearised residuals r + J p at the current point, with J as a dense matrix.</summary>
internal sealed class DenseJacobian
{
    private readonly LeastSquares _model;
    private readonly double[] _gramWorkspace;
    private readonly double[] _vectorWorkspace;
    private readonly double[] _product;
    private bool _hasGram;

    public DenseJacobian(LeastSquares model)
    {
        (int m, int n) = (model.Rows, model.Unknowns);
        _model = model;
        Values = new double[m * n];
        Gram = new double[n * n];
        Diagonal = new double[n];
        _product = new double[m];
        _gramWorkspace = new double[MatrixProducts.GramWorkspaceLength<double>(m, n)];
        _vectorWorkspace = new double[MatrixProducts.VectorWorkspaceLength<double>(m, n)];
    }

    /// <summary>J, [rows, unknowns] row-major, its rows multiplied by <see cref="Iterate.RowScale"/>.</summary>
    public double[] Values { get; }

    /// <summary>J^T J, after <see cref="FormGram"/>.</summary>
    public double[] Gram { get; }

    /// <summary>The diagonal of J^T J.</summary>
    public double[] Diagonal { get; }

    /// <summary>Counts the points linearised at, so that factors know what they belong to.</summary>
    public long Version { get; private set; }

    /// <summary>Computes J, the gradient J^T r and the optimality at the current point.</summary>
    /// <returns>Whether all of it is finite.</returns>
    public bool Linearize(Iterate iterate)
    {
        (int m, int n) = (_model.Rows, _model.Unknowns);
        iterate.Run.Jacobian(iterate.X, Values);
        iterate.Correct();
        ScaleRows(iterate.RowScale);
        Version++;
        _hasGram = false;
        MatrixProducts.TransposedTimesVector<double>(Values, m, n, iterate.Corrected, iterate.Gradient, _vectorWorkspace);
        SquareColumns();
        double residualNorm = Math.Sqrt(2 * iterate.Cost);
        double optimality = 0;
        bool finite = true;
        for (int i = 0; i < n; i++)
        {
            double gradient = iterate.Gradient[i];
            finite &= double.IsFinite(Diagonal[i]) && double.IsFinite(gradient);
            if (gradient != 0 && !ActiveSet.Blocked(_model.Problem.Bounds, i, iterate.X[i], gradient))
            {
                optimality = Math.Max(optimality, Math.Abs(gradient) / (Math.Sqrt(Diagonal[i]) * residualNorm));
            }
        }

        iterate.Optimality = optimality;
        return finite;
    }

    /// <summary>Computes J^T J, once a point.</summary>
    public void FormGram()
    {
        if (!_hasGram)
        {
            MatrixProducts.Gram<double>(Values, _model.Rows, _model.Unknowns, Gram, _gramWorkspace);
            _hasGram = true;
        }
    }

    /// <summary>‖J p‖².</summary>
    public double SquaredLength(ReadOnlySpan<double> step)
    {
        MatrixProducts.TimesVector<double>(Values, _model.Rows, _model.Unknowns, step, _product, _vectorWorkspace);
        double sum = 0;
        foreach (double value in _product)
        {
            sum += value * value;
        }

        return sum;
    }

    private void ScaleRows(ReadOnlySpan<double> factors)
    {
        int n = _model.Unknowns;
        for (int i = 0; i < factors.Length; i++)
        {
            foreach (ref double value in Values.AsSpan(i * n, n))
            {
                value *= factors[i];
            }
        }
    }

    private void SquareColumns()
    {
        int n = _model.Unknowns;
        Array.Clear(Diagonal);
        for (int i = 0; i < _model.Rows; i++)
        {
            ReadOnlySpan<double> row = Values.AsSpan(i * n, n);
            Span<double> diagonal = Diagonal.AsSpan(0, row.Length);
            for (int j = 0; j < row.Length; j++)
            {
                diagonal[j] += row[j] * row[j];
            }
        }
    }
}

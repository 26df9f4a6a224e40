using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The linearized residuals with J as a dense matrix.</summary>
internal sealed class DenseJacobian : LinearizedResiduals
{
    private readonly double[] _gramWorkspace;
    private readonly double[] _vectorWorkspace;
    private bool _hasGram;

    public DenseJacobian(Objective model)
        : base(model)
    {
        (int m, int n) = (model.Rows, model.Unknowns);
        Values = new double[m * n];
        Gram = new double[n * n];
        _gramWorkspace = new double[MatrixProducts.GramWorkspaceLength<double>(m, n)];
        _vectorWorkspace = new double[MatrixProducts.VectorWorkspaceLength<double>(m, n)];
    }

    /// <summary>J, [rows, unknowns] row-major, its rows multiplied by <see cref="Iterate.RowScale"/>.</summary>
    public double[] Values { get; }

    /// <summary>J^T J, after <see cref="FormGram"/>.</summary>
    public double[] Gram { get; }

    /// <summary>Computes J^T J, once a point.</summary>
    public void FormGram()
    {
        if (!_hasGram)
        {
            MatrixProducts.Gram<double>(Values, Model.Rows, Model.Unknowns, Gram, _gramWorkspace);
            _hasGram = true;
        }
    }

    public override void Times(Iterate iterate, ReadOnlySpan<double> vector, Span<double> product) =>
        MatrixProducts.TimesVector<double>(Values, Model.Rows, Model.Unknowns, vector, product, _vectorWorkspace);

    public override void TransposedTimes(Iterate iterate, ReadOnlySpan<double> vector, Span<double> product) =>
        MatrixProducts.TransposedTimesVector<double>(Values, Model.Rows, Model.Unknowns, vector, product, _vectorWorkspace);

    protected override void Differentiate(Iterate iterate)
    {
        iterate.Run.Jacobian(iterate.X, Values);
        iterate.Correct();
        ScaleRows(iterate.RowScale);
        _hasGram = false;
        TransposedTimes(iterate, iterate.Corrected, iterate.Gradient);
        int n = Model.Unknowns;
        Array.Clear(Diagonal);
        for (int i = 0; i < Model.Rows; i++)
        {
            ReadOnlySpan<double> row = Values.AsSpan(i * n, n);
            Span<double> diagonal = Diagonal.AsSpan(0, row.Length);
            for (int j = 0; j < row.Length; j++)
            {
                diagonal[j] += row[j] * row[j];
            }
        }
    }

    private void ScaleRows(ReadOnlySpan<double> factors)
    {
        int n = Model.Unknowns;
        for (int i = 0; i < factors.Length; i++)
        {
            Vectors.Scale(factors[i], Values.AsSpan(i * n, n));
        }
    }
}

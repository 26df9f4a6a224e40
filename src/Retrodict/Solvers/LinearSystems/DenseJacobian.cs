using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The linearized residuals with J as a dense matrix.</summary>
internal sealed class DenseJacobian : LinearizedResiduals
{
    private readonly double[] _gramWorkspace;
    private readonly double[] _vectorWorkspace;
    private bool _hasGram;

    public DenseJacobian(Objective objective)
        : base(objective)
    {
        (int m, int n) = (objective.Rows, objective.Unknowns);
        Values = new double[m * n];
        Gram = new double[n * n];
        _gramWorkspace = new double[MatrixProducts.GramWorkspaceLength<double>(m, n)];
        _vectorWorkspace = new double[MatrixProducts.VectorWorkspaceLength<double>(m, n)];
    }

    /// <summary>J, [rows, unknowns] row-major, its rows multiplied by <see cref="Point.RowScale"/>.</summary>
    public double[] Values { get; }

    /// <summary>J^T J, after <see cref="FormGram"/>.</summary>
    public double[] Gram { get; }

    /// <summary>Computes J^T J, once a point.</summary>
    public void FormGram()
    {
        if (!_hasGram)
        {
            MatrixProducts.Gram<double>(Values, Objective.Rows, Objective.Unknowns, Gram, _gramWorkspace);
            _hasGram = true;
        }
    }

    public override void Times(Point point, ReadOnlySpan<double> vector, Span<double> product) =>
        MatrixProducts.TimesVector<double>(Values, Objective.Rows, Objective.Unknowns, vector, product, _vectorWorkspace);

    public override void TransposedTimes(Point point, ReadOnlySpan<double> vector, Span<double> product) =>
        MatrixProducts.TransposedTimesVector<double>(Values, Objective.Rows, Objective.Unknowns, vector, product, _vectorWorkspace);

    protected override void Differentiate(Point point)
    {
        point.ComputeJacobian(Values);
        _hasGram = false;
        int n = Objective.Unknowns;
        Array.Clear(Diagonal);
        for (int i = 0; i < Objective.Rows; i++)
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

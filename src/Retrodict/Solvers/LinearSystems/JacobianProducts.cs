using Retrodict.Numerics;
using Retrodict.Randomness;

namespace Retrodict.Solvers;

/// <summary>
/// The linearized residuals by products with J and J^T alone. The lengths of J's columns are estimated: for probes s of random signs,
/// independent and of mean zero, the expectation of (J^T s)_i² is ‖J_i‖² (Bekas, Kokiopoulou and Saad 2007, An estimator for the
/// diagonal of a matrix). The estimate is never below g_i² / ‖r‖², a bound by Cauchy and Schwarz, so that no cosine exceeds 1. The
/// probes are the same at every point and in every solve.
/// </summary>
/// <param name="objective">The problem.</param>
/// <param name="few">Up to how many unknowns lengths are computed exactly instead, each by a product with J.</param>
internal sealed class JacobianProducts(Objective objective, int few = 0) : LinearizedResiduals(objective)
{
    /// <summary>The relative error of an estimate is about the square root of 2 / this.</summary>
    private const int Probes = 8;

    private static readonly RandomStream _stream = new(0, "solvers/column-lengths");

    private readonly double[] _probes = Signs(objective.Unknowns <= few ? 1 : Probes, objective.Rows);
    private readonly double[] _unit = objective.Unknowns <= few ? new double[objective.Unknowns] : [];
    private readonly double[] _column = objective.Unknowns <= few ? new double[objective.Rows] : [];
    private readonly double[] _product = new double[objective.Unknowns];

    public override void Times(Point point, ReadOnlySpan<double> vector, Span<double> product) => point.Times(vector, product);

    public override void TransposedTimes(Point point, ReadOnlySpan<double> vector, Span<double> product) =>
        point.TransposedTimes(vector, product);

    protected override void Differentiate(Point point)
    {
        if (few == 0)
        {
            point.ComputeWeightedGradient();
        }
        else
        {
            point.ComputeGradient();
        }

        if (_unit.Length > 0)
        {
            MeasureColumns(point);
            return;
        }

        double residualNorm = Math.Sqrt(2 * point.Cost);
        Array.Clear(Diagonal);
        for (int probe = 0; probe < Probes; probe++)
        {
            TransposedTimes(point, _probes.AsSpan(probe * Objective.Rows, Objective.Rows), _product);
            for (int i = 0; i < _product.Length; i++)
            {
                Diagonal[i] += _product[i] * _product[i] / Probes;
            }
        }

        ReadOnlySpan<double> gradient = point.Gradient;
        for (int i = 0; i < gradient.Length && residualNorm > 0; i++)
        {
            double cosine = gradient[i] / residualNorm;
            Diagonal[i] = gradient[i] == 0 ? Diagonal[i] : Math.Max(Diagonal[i], cosine * cosine);
        }
    }

    /// <summary>The product of the transposed Jacobian, without the weights of a robust loss, with random signs: zero only where a column
    /// is.</summary>
    public ReadOnlySpan<double> Probe(Point point)
    {
        point.Run.Vjp(point.X, _probes.AsSpan(0, Objective.Rows), _product);
        return _product;
    }

    private void MeasureColumns(Point point)
    {
        Array.Clear(_unit);
        for (int i = 0; i < _unit.Length; i++)
        {
            _unit[i] = 1;
            Times(point, _unit, _column);
            Diagonal[i] = Vectors.Dot(_column, _column);
            _unit[i] = 0;
        }
    }

    private static double[] Signs(int probes, int rows)
    {
        var signs = new double[probes * rows];
        for (int probe = 0; probe < probes; probe++)
        {
            _stream.At(probe).FillRademacher(signs.AsSpan(probe * rows, rows));
        }

        return signs;
    }
}

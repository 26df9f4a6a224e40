using Retrodict.Randomness;

namespace Retrodict.Solvers;

/// <summary>
/// The linearized residuals by products with J and J^T alone. The lengths of J's columns are estimated: for probes s of random signs,
/// independent and of mean zero, the expectation of (J^T s)_i² is ‖J_i‖² (Bekas, Kokiopoulou and Saad 2007, An estimator for the
/// diagonal of a matrix). The estimate is never below g_i² / ‖r‖², a bound by Cauchy and Schwarz, so that no cosine exceeds 1. The
/// probes are the same at every point and in every solve.
/// </summary>
internal sealed class JacobianProducts(Objective objective) : LinearizedResiduals(objective)
{
    /// <summary>The relative error of an estimate is about the square root of 2 / this.</summary>
    private const int Probes = 8;

    private static readonly RandomStream _stream = new(0, "solvers/column-lengths");

    private readonly double[] _probes = Signs(objective.Rows);
    private readonly double[] _product = new double[objective.Unknowns];

    public override void Times(Point point, ReadOnlySpan<double> vector, Span<double> product) => point.Times(vector, product);

    public override void TransposedTimes(Point point, ReadOnlySpan<double> vector, Span<double> product) =>
        point.TransposedTimes(vector, product);

    protected override void Differentiate(Point point)
    {
        point.ComputeWeightedGradient();
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
        for (int i = 0; i < gradient.Length; i++)
        {
            double cosine = gradient[i] / residualNorm;
            Diagonal[i] = gradient[i] == 0 ? Diagonal[i] : Math.Max(Diagonal[i], cosine * cosine);
        }
    }

    private static double[] Signs(int rows)
    {
        var signs = new double[Probes * rows];
        for (int probe = 0; probe < Probes; probe++)
        {
            _stream.At(probe).FillRademacher(signs.AsSpan(probe * rows, rows));
        }

        return signs;
    }
}

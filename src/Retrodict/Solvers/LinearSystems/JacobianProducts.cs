using Retrodict.Randomness;

namespace Retrodict.Solvers;

/// <summary>
/// The linearized residuals by products with J and J^T alone. The lengths of J's columns are estimated: for probes s of random signs, independent and of mean
/// zero, the expectation of (J^T s)_i² is ‖J_i‖² (Bekas, Kokiopoulou and Saad 2007, An estimator for the diagonal of a matrix). The estimate is never below
/// g_i² / ‖r‖², a bound by Cauchy and Schwarz, so that no cosine exceeds 1. The probes are the same at every point and in every solve.
/// </summary>
internal sealed class JacobianProducts(Objective model) : LinearizedResiduals(model)
{
    /// <summary>The relative error of an estimate is about the square root of 2 / this.</summary>
    private const int Probes = 8;

    private static readonly RandomStream _stream = new(0, "solvers/column-lengths");

    private readonly double[] _probes = Signs(model.Rows);
    private readonly double[] _product = new double[model.Unknowns];
    private readonly double[] _rows = new double[model.Rows];

    public override void Times(Iterate iterate, ReadOnlySpan<double> vector, Span<double> product)
    {
        iterate.Run.Jvp(iterate.X, vector, product);
        iterate.NoteDerivative(product);
        ReadOnlySpan<double> factors = iterate.RowScale;
        for (int i = 0; i < factors.Length; i++)
        {
            product[i] *= factors[i];
        }
    }

    public override void TransposedTimes(Iterate iterate, ReadOnlySpan<double> vector, Span<double> product)
    {
        ReadOnlySpan<double> factors = iterate.RowScale;
        for (int i = 0; i < factors.Length; i++)
        {
            _rows[i] = vector[i] * factors[i];
        }

        iterate.Run.Vjp(iterate.X, factors.IsEmpty ? vector : _rows, product);
        iterate.NoteDerivative(product);
    }

    protected override void Differentiate(Iterate iterate)
    {
        iterate.Correct();
        TransposedTimes(iterate, iterate.Corrected, iterate.Gradient);
        double residualNorm = Math.Sqrt(2 * iterate.Cost);
        Array.Clear(Diagonal);
        for (int probe = 0; probe < Probes; probe++)
        {
            TransposedTimes(iterate, _probes.AsSpan(probe * Model.Rows, Model.Rows), _product);
            for (int i = 0; i < _product.Length; i++)
            {
                Diagonal[i] += _product[i] * _product[i] / Probes;
            }
        }

        for (int i = 0; i < _product.Length; i++)
        {
            double cosine = iterate.Gradient[i] / residualNorm;
            Diagonal[i] = iterate.Gradient[i] == 0 ? Diagonal[i] : Math.Max(Diagonal[i], cosine * cosine);
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

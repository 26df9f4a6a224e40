using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>A covariance C = V D V^T + r (I - V V^T) with orthonormal columns V, and its symmetric square root L.</summary>
internal sealed class PrincipalDirections
{
    /// <summary>How far V^T V may be from I: what rounding to single precision does to it, with room.</summary>
    private const double Orthonormality = 1e-6;

    private readonly int _unknowns;
    private readonly double[] _components;
    private readonly double[] _variances;
    private readonly double _remaining;

    /// <exception cref="ArgumentException">See <see cref="GaussianPrior.FromPrincipalComponents"/>.</exception>
    public PrincipalDirections(int unknowns, ReadOnlySpan<double> components, ReadOnlySpan<double> variances, double remaining)
    {
        (_unknowns, _components, _variances, _remaining) = (unknowns, components.ToArray(), variances.ToArray(), remaining);
        if (variances.Length < 1 || variances.Length > unknowns || components.Length != unknowns * variances.Length)
        {
            throw new ArgumentException(
                $"{variances.Length} principal components of {unknowns} unknowns need {unknowns} x {variances.Length} numbers and " +
                    $"at most {unknowns} components, but {components.Length} numbers were given.",
                nameof(components));
        }

        for (int j = 0; j < variances.Length; j++)
        {
            RequireVariance(variances[j], $"of principal component {j}", nameof(variances));
        }

        RequireVariance(remaining, "beside the principal components", nameof(remaining));
        RequireOrthonormal();
    }

    private int Count => _variances.Length;

    /// <summary>L^-1 d of a traced deviation d, [n].</summary>
    public Value Whiten(Value deviation)
    {
        Value v = Value.Constant(_components, [_unknowns, Count]);
        double[] shrinkage = Array.ConvertAll(_variances, variance => 1 - Math.Sqrt(_remaining / variance));
        Value along = Value.MatMul(v, Value.Constant(shrinkage) * Value.MatMul(deviation, v));
        return (deviation - along) * (1 / Math.Sqrt(_remaining));
    }

    /// <summary>L = s I + V (D^1/2 - s I) V^T with s² = r, [n, n] row-major.</summary>
    public double[] ToFactor()
    {
        double rest = Math.Sqrt(_remaining);
        var factor = new double[_unknowns * _unknowns];
        var scaled = new double[Count];
        for (int i = 0; i < _unknowns; i++)
        {
            for (int k = 0; k < Count; k++)
            {
                scaled[k] = (Math.Sqrt(_variances[k]) - rest) * _components[(i * Count) + k];
            }

            for (int j = 0; j <= i; j++)
            {
                double entry = (i == j ? rest : 0) + Vectors.Dot(scaled, _components.AsSpan(j * Count, Count));
                factor[(i * _unknowns) + j] = factor[(j * _unknowns) + i] = entry;
            }
        }

        return factor;
    }

    private static void RequireVariance(double variance, string whose, string parameter)
    {
        if (!(variance > 0 && double.IsFinite(variance)))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture, $"The variance {whose} is {variance}; it must be positive and finite."), parameter);
        }
    }

    private void RequireOrthonormal()
    {
        var gram = new double[Count * Count];
        MatrixProducts.Gram<double>(
            _components, _unknowns, Count, gram, new double[MatrixProducts.GramWorkspaceLength<double>(_unknowns, Count)]);
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Written so that NaN fails too.
                if (!(Math.Abs(gram[(i * Count) + j] - (i == j ? 1 : 0)) <= Orthonormality))
                {
                    throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Principal components must be orthonormal columns, but the product of columns {j} and {i} is " +
                                $"{gram[(i * Count) + j]}."),
                        "components");
                }
            }
        }
    }
}

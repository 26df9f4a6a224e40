namespace Retrodict;

/// <summary>
/// The measurement's noise: one standard deviation for all components, one a component, or a full covariance C = L Lᵀ, which is factored
/// once and never inverted. The misfit enters the objective whitened, divided by the deviations or as L⁻¹ (F(x) - y). Numbers, arrays
/// and scales convert implicitly.
/// </summary>
public sealed class Noise
{
    private readonly double[]? _covariance;
    private readonly double[]? _factor;

    private Noise(Scale deviation) => Deviation = deviation;

    private Noise(double[] covariance, double[] factor, int dimension)
    {
        var deviation = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            deviation[i] = Math.Sqrt(covariance[i * (dimension + 1)]);
        }

        (_covariance, _factor, Deviation) = (covariance, factor, Scale.PerComponent(deviation));
    }

    /// <summary>Standard deviation 1, which gives plain least squares.</summary>
    public static Noise One { get; } = new(Scale.One);

    /// <summary>The standard deviation of each component, in the observation's units.</summary>
    public Scale Deviation { get; }

    /// <summary>How many components it has; null if its deviation holds for any.</summary>
    public int? Dimension => Deviation.Dimension;

    /// <summary>Whether it is a covariance.</summary>
    public bool IsCorrelated => _factor is not null;

    /// <summary>The Cholesky factor L of the covariance, [m, m] row-major, zeros above the diagonal; empty unless
    /// <see cref="IsCorrelated"/>.</summary>
    public ReadOnlySpan<double> Factor => _factor;

    /// <summary>The standard deviation of a component.</summary>
    /// <param name="index">The component's position.</param>
    public double this[int index] => Deviation[index];

    /// <summary>One standard deviation for all components.</summary>
    /// <param name="deviation">The deviation, positive and finite.</param>
    public static implicit operator Noise(double deviation) => FromDeviation(deviation);

    /// <summary>A standard deviation for each component.</summary>
    /// <param name="deviations">Deviations, positive and finite; copied.</param>
    public static implicit operator Noise(double[] deviations) => FromDeviation(Scale.PerComponent(deviations));

    /// <summary>The standard deviations of a scale.</summary>
    /// <param name="deviation">The deviations.</param>
    public static implicit operator Noise(Scale deviation) => FromDeviation(deviation);

    /// <summary>Independent noise.</summary>
    /// <param name="deviation">The standard deviation of each component.</param>
    public static Noise FromDeviation(Scale deviation)
    {
        ArgumentNullException.ThrowIfNull(deviation);
        return ReferenceEquals(deviation, Scale.One) ? One : new Noise(deviation);
    }

    /// <summary>Correlated noise.</summary>
    /// <param name="covariance">The covariance C, [m, m] row-major in squares of the observation's units, symmetric and positive
    /// definite.</param>
    /// <exception cref="ArgumentException">The number of entries is no square, C is not symmetric to 1e-8 of its largest entry, or it is
    /// not positive definite.</exception>
    public static Noise FromCovariance(ReadOnlySpan<double> covariance)
    {
        int m = (int)Math.Sqrt(covariance.Length);
        if (m == 0 || m * m != covariance.Length)
        {
            throw new ArgumentException(
                $"The noise's covariance must be a square matrix, but {covariance.Length} numbers are none.", nameof(covariance));
        }

        return new Noise(covariance.ToArray(), CovarianceFactor.Of(covariance, m, "The noise's"), m);
    }

    /// <summary>The noise of some components alone: the sub-block of a covariance, factored anew.</summary>
    internal Noise Of(ReadOnlySpan<int> components)
    {
        if (Dimension is not { } m)
        {
            return this;
        }

        int count = components.Length;
        if (_covariance is null)
        {
            var deviation = new double[count];
            for (int i = 0; i < count; i++)
            {
                deviation[i] = Deviation[components[i]];
            }

            return FromDeviation(Scale.PerComponent(deviation));
        }

        var block = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                block[(i * count) + j] = _covariance[(components[i] * m) + components[j]];
            }
        }

        return FromCovariance(block);
    }
}

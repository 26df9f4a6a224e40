using System.Globalization;

namespace Retrodict.Learning;

/// <summary>
/// What <see cref="Adam"/> and <see cref="AdamW"/> share. With g the gradient, t the number of the step, and all operations by element:
/// m = m + (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g^2, and
/// p = p - lr / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
/// </summary>
public abstract record AdaptiveMoments : Optimizer
{
    private static readonly string[] _names = ["first_moment", "second_moment"];

    private readonly double _beta1 = 0.9;
    private readonly double _beta2 = 0.999;
    private readonly double _epsilon = 1e-8;
    private readonly double _weightDecay;

    private protected AdaptiveMoments()
    {
    }

    /// <summary>Decay of the mean of gradients, at least 0 and below 1. Default 0.9.</summary>
    public double Beta1
    {
        get => _beta1;
        init => _beta1 = Decay(value, nameof(Beta1));
    }

    /// <summary>Decay of the mean of squared gradients, at least 0 and below 1. Default 0.999.</summary>
    public double Beta2
    {
        get => _beta2;
        init => _beta2 = Decay(value, nameof(Beta2));
    }

    /// <summary>What is added to the root of the second moment, above 0. Default 1e-8.</summary>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = value > 0 && double.IsFinite(value) ? value : throw Refused(nameof(Epsilon), value, "positive");
    }

    /// <summary>Strength of the pull of parameters towards zero; what it multiplies differs between the two rules.</summary>
    public double WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = NotNegative(value, nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> StateNames => _names;

    /// <inheritdoc/>
    public sealed override string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{GetType().Name} rate {LearningRate:R} beta1 {Beta1:R} beta2 {Beta2:R} epsilon {Epsilon:R} decay {WeightDecay:R}");

    private protected void Move(OptimizerState state, Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, double penalty, double shrink)
    {
        var factors = new AdamFactors
        {
            Penalty = (float)penalty,
            Shrink = (float)shrink,
            FirstGain = (float)(1 - Beta1),
            SecondDecay = (float)Beta2,
            SecondGain = (float)(1 - Beta2),
            InverseRoot = (float)(1 / Math.Sqrt(BiasCorrection(Beta2, state.Steps))),
            Epsilon = (float)Epsilon,
            Length = (float)(-learningRate / BiasCorrection(Beta1, state.Steps)),
        };
        OptimizerKernels.Adam(factors, parameters, gradient, state.Vectors[0], state.Vectors[1]);
    }
}

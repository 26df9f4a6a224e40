using System.Globalization;

namespace Retrodict.Learning;

/// <summary>
/// Adam, and with <see cref="DecoupledWeightDecay"/> AdamW. With g the gradient, t the number of the step, and all operations by element:
/// m = m + (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g^2, and
/// p = p - lr / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
/// </summary>
/// <remarks>
/// D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015), algorithm 1; I. Loshchilov, F. Hutter, "Decoupled weight
/// decay regularization", ICLR (2019), algorithm 2, with lr w in the place of eta lambda. Both as in PyTorch.
/// </remarks>
public sealed record Adam : Optimizer
{
    private static readonly string[] _names = ["first_moment", "second_moment"];

    private readonly double _beta1 = 0.9;
    private readonly double _beta2 = 0.999;
    private readonly double _epsilon = 1e-8;
    private readonly double _weightDecay;

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

    /// <summary>
    /// Strength w of the pull of parameters towards zero, 0 or more. Default 0. It adds w p to the gradient, the gradient of the penalty
    /// w/2 |p|^2, unless <see cref="DecoupledWeightDecay"/> is set.
    /// </summary>
    public double WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = NotNegative(value, nameof(WeightDecay));
    }

    /// <summary>
    /// Whether <see cref="WeightDecay"/> w stays out of the moments and first takes lr w p away from the parameters, whatever the
    /// gradient's size: AdamW. Default false.
    /// </summary>
    public bool DecoupledWeightDecay { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => _names;

    /// <inheritdoc/>
    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(DecoupledWeightDecay ? "AdamW" : "Adam")} rate {LearningRate:R} beta1 {Beta1:R} beta2 {Beta2:R} epsilon {Epsilon:R} "
        + $"decay {WeightDecay:R}");

    /// <inheritdoc/>
    protected override void Update(OptimizerState state, Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(state);
        var factors = new AdamFactors
        {
            Penalty = (float)(DecoupledWeightDecay ? 0 : WeightDecay),
            Shrink = (float)(DecoupledWeightDecay ? -learningRate * WeightDecay : 0),
            FirstGain = (float)(1 - Beta1),
            SecondDecay = (float)Beta2,
            SecondGain = (float)(1 - Beta2),
            InverseRoot = (float)(1 / Math.Sqrt(BiasCorrection(Beta2, state.Steps))),
            Epsilon = (float)Epsilon,
            Length = (float)(-learningRate / BiasCorrection(Beta1, state.Steps)),
        };
        OptimizerKernels.Adam(factors, parameters, gradient, state.Vector(0), state.Vector(1));
    }
}

using System.Globalization;

namespace Retrodict.Learning;

/// <summary>
/// Gradient descent with momentum: b = momentum b + (g + w p), p = p - lr b, or with Nesterov's look ahead
/// p = p - lr (g + w p + momentum b).
/// </summary>
/// <remarks>
/// B. T. Polyak, "Some methods of speeding up the convergence of iteration methods" (1964); I. Sutskever, J. Martens, G. Dahl, G. Hinton,
/// "On the importance of initialization and momentum in deep learning", ICML (2013). The velocity is kept without the learning rate, as in
/// PyTorch.
/// </remarks>
public sealed record Sgd : Optimizer
{
    private static readonly string[] _names = ["velocity"];

    private readonly double _momentum = 0.9;
    private readonly double _weightDecay;

    /// <summary>Decay of the velocity, at least 0 and below 1. Default 0.9.</summary>
    public double Momentum
    {
        get => _momentum;
        init => _momentum = Decay(value, nameof(Momentum));
    }

    /// <summary>Whether the step looks ahead along the velocity. Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The w of w p, which is added to the gradient. Default 0.</summary>
    public double WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = NotNegative(value, nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => _names;

    /// <inheritdoc/>
    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"Sgd rate {LearningRate:R} momentum {Momentum:R} nesterov {Nesterov} decay {WeightDecay:R}");

    /// <inheritdoc/>
    protected override void Update(OptimizerState state, Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(state);
        OptimizerKernels.Momentum(
            (float)WeightDecay, (float)Momentum, Nesterov, (float)-learningRate, parameters, gradient, state.Vector(0));
    }
}

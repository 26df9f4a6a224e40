using System.Globalization;

namespace Retrodict.Learning;

/// <summary>
/// A rule that moves parameters along their gradient; a rule of one's own derives from it. It works on flat vectors in single precision.
/// </summary>
/// <remarks>
/// The rules of this library take each element by itself, with fused multiply-adds; factors that all elements share are computed in double
/// and rounded once, so the bits are the same on every machine; <see cref="LearningRateSchedule.Cosine"/> takes its factor from the
/// platform's cosine.
/// </remarks>
public abstract record Optimizer
{
    private readonly double _learningRate = 1e-3;

    /// <summary>The length of a step, above 0; a <see cref="LearningRateSchedule"/> multiplies it. Default 0.001.</summary>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = value > 0 && double.IsFinite(value) ? value : throw Refused(nameof(LearningRate), value, "positive");
    }

    /// <summary>Names of the vectors that the rule remembers between steps, each as long as the parameters.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>What the rule remembers before its first step: zeros.</summary>
    /// <param name="length">The number of parameters.</param>
    public OptimizerState NewState(int length) => new(StateNames, length);

    /// <summary>Takes one step.</summary>
    /// <param name="state">What is remembered; moved on by one step.</param>
    /// <param name="parameters">The parameters; changed.</param>
    /// <param name="gradient">The gradient of the loss at the parameters.</param>
    /// <param name="factor">What the schedule multiplies the learning rate by.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the state belongs to another rule.</exception>
    public void Step(OptimizerState state, Span<float> parameters, ReadOnlySpan<float> gradient, double factor = 1)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (gradient.Length != parameters.Length || state.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"There are {parameters.Length} parameters, "
                + $"but the gradient has {gradient.Length} elements and the state is for {state.Length}.");
        }

        if (state.Vectors.Length != StateNames.Count)
        {
            throw new ArgumentException(
                $"The state remembers {state.Vectors.Length} vectors, but this rule remembers {StateNames.Count}; make it with NewState.",
                nameof(state));
        }

        state.Steps++;
        Update(state, parameters, gradient, factor * LearningRate);
    }

    /// <summary>The rule and its settings as text, the same under every culture: checkpoints tell by it whether they fit.</summary>
    public abstract string Describe();

    /// <summary>Moves the parameters by one step.</summary>
    /// <param name="state">What is remembered; the rule changes its vectors. Its number of steps counts this one.</param>
    /// <param name="parameters">The parameters; changed.</param>
    /// <param name="gradient">The gradient of the loss at the parameters, as long as they are.</param>
    /// <param name="learningRate">The length of this step: <see cref="LearningRate"/> times the schedule's factor.</param>
    protected abstract void Update(OptimizerState state, Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate);

    /// <summary>1 - decay^steps by repeated squaring: the same bits everywhere, which a library's power does not promise.</summary>
    private protected static double BiasCorrection(double decay, long steps)
    {
        double power = 1;
        for (double square = decay; steps > 0; steps >>= 1, square *= square)
        {
            if ((steps & 1) != 0)
            {
                power *= square;
            }
        }

        return 1 - power;
    }

    private protected static double Decay(double value, string name) =>
        value is >= 0 and < 1 ? value : throw Refused(name, value, "at least 0 and below 1");

    private protected static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw Refused(name, value, "0 or more and finite");

    private protected static ArgumentOutOfRangeException Refused(string name, double value, string right) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {right}."));
}

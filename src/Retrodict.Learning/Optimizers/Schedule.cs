using System.Globalization;

namespace Retrodict.Learning;

/// <summary>What the learning rate is multiplied by in the course of a training.</summary>
public abstract record Schedule
{
    /// <summary>Always 1.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor for a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">All steps of the training.</param>
    public abstract double Factor(long step, long steps);

    /// <summary>The schedule as text, the same under every culture.</summary>
    public abstract string Describe();

    private sealed record ConstantSchedule : Schedule
    {
        public override double Factor(long step, long steps) => 1;

        public override string Describe() => "constant";
    }
}

/// <summary>
/// Half a period of the cosine: after w steps of warm-up, f + (1 - f) (1 + cos(pi (step - w) / (steps - w))) / 2 falls from 1 to f. During the warm-up the
/// factor is (step + 1) / (w + 1).
/// </summary>
/// <remarks>I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR (2017), equation 5 without restarts.</remarks>
public sealed record CosineSchedule : Schedule
{
    private readonly long _warmUp;
    private readonly double _final;

    /// <summary>The steps w in which the rate rises in a line; 0 by default.</summary>
    public long WarmUp
    {
        get => _warmUp;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(WarmUp));
            _warmUp = value;
        }
    }

    /// <summary>The factor f that is reached after the last step, from 0 to 1; 0 by default.</summary>
    public double FinalFactor
    {
        get => _final;
        init => _final = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(FinalFactor), value, string.Create(CultureInfo.InvariantCulture, $"FinalFactor is {value}; it must be between 0 and 1."));
    }

    /// <inheritdoc/>
    public override double Factor(long step, long steps)
    {
        if (step < WarmUp)
        {
            return (step + 1.0) / (WarmUp + 1.0);
        }

        double progress = steps > WarmUp ? Math.Min((step - WarmUp) / (double)(steps - WarmUp), 1) : 1;
        return FinalFactor + ((1 - FinalFactor) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }

    /// <inheritdoc/>
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"cosine warm-up {WarmUp} final {FinalFactor:R}");
}

using System.Globalization;

namespace Retrodict.Learning;

/// <summary>What the learning rate is multiplied by in the course of a training. A schedule of one's own derives from it.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>Always 1.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>
    /// Half a period of the cosine: after w steps of warm-up, f + (1 - f) (1 + cos(pi (step - w) / (steps - w))) / 2 falls from 1 to f.
    /// During the warm-up the factor is (step + 1) / (w + 1).
    /// </summary>
    /// <param name="warmUp">The steps w in which the rate rises in a line, 0 or more.</param>
    /// <param name="finalFactor">The factor f that is reached after the last step, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    /// <remarks>
    /// I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR (2017), equation 5 without restarts.
    /// </remarks>
    public static LearningRateSchedule Cosine(long warmUp = 0, double finalFactor = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        return finalFactor is >= 0 and <= 1
            ? new CosineSchedule(warmUp, finalFactor)
            : throw new ArgumentOutOfRangeException(
                nameof(finalFactor),
                finalFactor,
                string.Create(CultureInfo.InvariantCulture, $"finalFactor is {finalFactor}; it must be between 0 and 1."));
    }

    /// <summary>The factor for a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">All steps of the training.</param>
    public abstract double Factor(long step, long steps);

    /// <summary>The schedule and its settings as text, the same under every culture: checkpoints tell by it whether they fit.</summary>
    public abstract string Describe();

    private sealed record ConstantSchedule : LearningRateSchedule
    {
        public override double Factor(long step, long steps) => 1;

        public override string Describe() => "constant";
    }

    private sealed record CosineSchedule(long WarmUp, double FinalFactor) : LearningRateSchedule
    {
        public override double Factor(long step, long steps)
        {
            if (step < WarmUp)
            {
                return (step + 1.0) / (WarmUp + 1.0);
            }

            double progress = steps > WarmUp ? Math.Min((step - WarmUp) / (double)(steps - WarmUp), 1) : 1;
            return FinalFactor + ((1 - FinalFactor) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
        }

        public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"cosine warm-up {WarmUp} final {FinalFactor:R}");
    }
}

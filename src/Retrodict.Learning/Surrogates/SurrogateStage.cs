using System.Globalization;

namespace Retrodict.Learning;

/// <summary>One stage of surrogate training.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Maps">Which maps it changes; the others stay as they are.</param>
/// <param name="Epochs">Passes over the data, 0 or more.</param>
/// <param name="LearningRate">Adam's (first) rate.</param>
/// <param name="Losses">The weights of the losses, which are the criterion of its model selection, too.</param>
public sealed record SurrogateStage(string Name, TrainedMaps Maps, int Epochs, double LearningRate, SurrogateLosses Losses)
{
    /// <summary>How the weight of the Jacobian Composition Penalty grows; null, the default, for the same weight throughout.</summary>
    public PenaltyRamp? Ramp { get; init; }

    internal string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: {Maps}, {Epochs} epochs, rate {LearningRate:R}, {Losses.Describe()}, ramp {(Ramp is null ? "none" : Ramp)}");
}

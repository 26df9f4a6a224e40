using Retrodict.Comparison;

namespace Retrodict.Benchmarks;

/// <summary>
/// What was measured of one case. Ours and what it is held against run in turn, a slice each a round, so that drift of the machine hits
/// both alike. Times are over the samples of all rounds; the factor, the other's time over ours, is over the rounds, each giving the ratio
/// of its two medians.
/// </summary>
internal sealed record Measurement(Distribution Ours, Distribution? Other, Distribution? Factor)
{
    /// <summary>The ratio of the shortest times: what an undisturbed machine does, as far as it was ever undisturbed.</summary>
    public double? ShortestFactor => Other?.Least / Ours.Least;

    /// <summary>Measures ours alone or in turn with another.</summary>
    /// <param name="ours">Takes our samples for a slice.</param>
    /// <param name="other">Takes the other's; null for ours alone.</param>
    /// <param name="rounds">How many rounds.</param>
    public static Measurement Take(Func<List<double>> ours, Func<List<double>>? other, int rounds)
    {
        var mine = new List<double>();
        var theirs = new List<double>();
        var factors = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            List<double> slice = ours();
            mine.AddRange(slice);
            if (other is not null)
            {
                List<double> opposite = other();
                theirs.AddRange(opposite);
                factors.Add(Distribution.Of(opposite).Median / Distribution.Of(slice).Median);
            }
        }

        return new Measurement(
            Distribution.Of(mine), other is null ? null : Distribution.Of(theirs), other is null ? null : Distribution.Of(factors));
    }
}

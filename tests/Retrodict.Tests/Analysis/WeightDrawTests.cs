namespace Retrodict.Tests.Analysis;

/// <summary>What the rules make of 720 measurements of ill-posed equations, in ten sets of 72.</summary>
public sealed class WeightDrawTests(ITestOutputHelper output)
{
    private const int Sets = 10;
    private const double Failure = 5;

    /// <summary>Where nothing in the measurement tells that the error is large: at the best of all weights its noise happens to cancel what
    /// the prior leaves out, far below what either is.</summary>
    private static readonly string[] _knownFailures =
    [
        "Discrepancy: foxgood 32, 0.0001, draw 15",
        "GeneralizedCrossValidation: foxgood 32, 0.01, draw 12",
        "LCurve: foxgood 32, 0.01, draw 14",
    ];

    private static readonly Lazy<IReadOnlyList<WeightDraw>[]> _sets = new(() => [.. Enumerable.Range(0, Sets).Select(WeightDraw.Set)]);

    [Theory]
    [InlineData(PriorWeightRule.Discrepancy, 2, 0.92)]
    [InlineData(PriorWeightRule.GeneralizedCrossValidation, 2, 0.88)]
    [InlineData(PriorWeightRule.LCurve, 28, 0.1)]
    public void Few_errors_are_large_and_those_are_not_found(PriorWeightRule rule, int failuresOf72, double foundOfGood)
    {
        Outcome[] outcomes = Run(new PriorWeightSearch { Rule = rule }, rule.ToString());
        Assert.All(outcomes.GroupBy(outcome => outcome.Set), set => Assert.True(set.Count(outcome => outcome.IsFailure) <= failuresOf72));
        string[] unseen =
        [
            .. outcomes.Where(outcome => outcome.IsFailure && outcome.Result.Status == PriorWeightStatus.Found)
                .Select(outcome => $"{rule}: {outcome.Name}"),
        ];
        Assert.Equal(_knownFailures.Where(known => known.StartsWith($"{rule}:", StringComparison.Ordinal)), unseen);
        Outcome[] good = [.. outcomes.Where(outcome => !outcome.IsFailure)];
        Assert.True(good.Count(outcome => outcome.Result.Status == PriorWeightStatus.Found) >= foundOfGood * good.Length);
        Assert.All(
            outcomes,
            outcome => Assert.Equal(outcome.Result.Status == PriorWeightStatus.Doubtful, outcome.Result.Doubt != PriorWeightDoubt.None));
    }

    /// <summary>What the defaults guard against, and that the guards see it.</summary>
    [Fact]
    public void The_published_rules_fit_noise_and_are_doubted()
    {
        foreach ((string name, PriorWeightSearch search) in new (string, PriorWeightSearch)[]
        {
            ("Target = 1", new() { Target = 1 }),
            ("Robust = false", new() { Rule = PriorWeightRule.GeneralizedCrossValidation, Robust = false }),
        })
        {
            Outcome[] outcomes = Run(search, name);
            int failures = outcomes.Count(outcome => outcome.IsFailure);
            Assert.InRange(failures, 80, 130);
            int unseen = outcomes.Count(outcome => outcome.IsFailure && outcome.Result.Status == PriorWeightStatus.Found);
            Assert.InRange(unseen, 0, failures / 20);
        }
    }

    /// <summary>The target is the size of this measurement's noise, within three standard deviations of the stated.</summary>
    [Fact]
    public void The_discrepancy_follows_the_noise_of_the_measurement()
    {
        foreach (Outcome outcome in Run(new PriorWeightSearch(), "Discrepancy", sets: 1))
        {
            double target = outcome.Result.Target!.Value;
            Assert.InRange(target, 1, 1 + (3 / Math.Sqrt(2 * outcome.Size)));
            Assert.Equal(target, outcome.Result.Solution.Summary.Discrepancy, 1e-6);
        }
    }

    private Outcome[] Run(PriorWeightSearch search, string name, int sets = Sets)
    {
        Outcome[] outcomes =
        [
            .. from set in Enumerable.Range(0, sets)
               from draw in _sets.Value[set]
               let choice = draw.Choose(search)
               select new Outcome(set, draw.Name, draw.Size, choice.Result, choice.Ratio),
        ];
        int failures = outcomes.Count(outcome => outcome.IsFailure);
        int most = outcomes.GroupBy(outcome => outcome.Set).Max(set => set.Count(outcome => outcome.IsFailure));
        int found = outcomes.Count(outcome => !outcome.IsFailure && outcome.Result.Status == PriorWeightStatus.Found);
        double median = outcomes.Select(outcome => outcome.Ratio).Order().ElementAt(outcomes.Length / 2);
        Outcome[] unseen = [.. outcomes.Where(outcome => outcome.IsFailure && outcome.Result.Status == PriorWeightStatus.Found)];
        output.WriteLine(FormattableString.Invariant(
            $"| {name} | {failures} | {most} | {outcomes.Max(outcome => outcome.Ratio):G2} | {median:F2} | ")
            + FormattableString.Invariant($"{100.0 * found / (outcomes.Length - failures):F0} % | {unseen.Length} |"));
        output.WriteLine(string.Join("; ", unseen.Select(outcome => FormattableString.Invariant($"{outcome.Name} {outcome.Ratio:G3}"))));
        output.WriteLine(string.Join("; ", outcomes.GroupBy(outcome => (outcome.IsFailure, outcome.Result.Status, outcome.Result.Doubt))
            .Select(group => $"{(group.Key.IsFailure ? "large" : "small")} {group.Key.Status} {group.Key.Doubt} {group.Count()}")));
        return outcomes;
    }

    private sealed record Outcome(int Set, string Name, int Size, PriorWeightResult Result, double Ratio)
    {
        public bool IsFailure => !(Ratio <= Failure);
    }
}

using System.Globalization;

namespace Retrodict.Tests.Analysis;

public sealed class WeightDrawTests(ITestOutputHelper output)
{
    [Fact]
    public void Probe()
    {
        int sets = int.Parse(Environment.GetEnvironmentVariable("RETRODICT_WEIGHT_SETS") ?? "1", CultureInfo.InvariantCulture);
        var searches = new (string Name, PriorWeightSearch Search)[]
        {
            ("Discrepancy", new()), ("Target 1", new() { Target = 1 }),
            ("CV", new() { Rule = PriorWeightRule.GeneralizedCrossValidation }),
            ("plain CV", new() { Rule = PriorWeightRule.GeneralizedCrossValidation, Robust = false }),
            ("L", new() { Rule = PriorWeightRule.LCurve }),
        };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        IReadOnlyList<WeightDraw>[] all = [.. Enumerable.Range(0, sets).Select(WeightDraw.Set)];
        output.WriteLine($"made {clock.Elapsed}");
        foreach (var (name, search) in searches)
        {
            clock.Restart();
            var r = all.SelectMany((set, i) => set.Select(d => (Set: i, Draw: d, Out: d.Choose(search)))).ToArray();
            output.WriteLine($"{name}: bad {r.Count(x => x.Out.Ratio > 5)} of {r.Length} max a set {r.GroupBy(x => x.Set).Max(g => g.Count(x => x.Out.Ratio > 5))}"
                + $" worst {r.Max(x => x.Out.Ratio):G3} median {r.Select(x => x.Out.Ratio).Order().ElementAt(r.Length / 2):G3} found {r.Count(x => x.Out.Result.Status == PriorWeightStatus.Found)}"
                + $" found bad {r.Count(x => x.Out.Result.Status == PriorWeightStatus.Found && x.Out.Ratio > 5)} linear {r.Count(x => x.Out.Result.IsLinear)} time {clock.Elapsed.TotalSeconds:F1}");
            output.WriteLine("   good: " + string.Join(" ", r.Where(x => x.Out.Ratio <= 5).GroupBy(x => (x.Out.Result.Status, x.Out.Result.Doubt)).Select(g => $"{g.Key} {g.Count()};")));
            output.WriteLine("   bad: " + string.Join(" ", r.Where(x => x.Out.Ratio > 5).GroupBy(x => (x.Out.Result.Status, x.Out.Result.Doubt)).Select(g => $"{g.Key} {g.Count()};")));
            output.WriteLine("   doubtful good: " + string.Join("; ", r.Where(x => x.Out.Ratio <= 5 && x.Out.Result.Status == PriorWeightStatus.Doubtful).GroupBy(x => (x.Draw.Name.Split(", draw")[0], x.Out.Result.Doubt)).Select(g => $"{g.Key} {g.Count()}")));
            output.WriteLine("   found bad: " + string.Join("; ", r.Where(x => x.Out.Ratio > 5 && x.Out.Result.Status == PriorWeightStatus.Found).Select(x => $"{x.Draw.Name} {x.Out.Ratio:G3}")));
        }
    }
}

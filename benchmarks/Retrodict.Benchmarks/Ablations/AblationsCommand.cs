using System.Globalization;
using Retrodict.Comparison;

namespace Retrodict.Benchmarks;

/// <summary>The command <c>ablations</c>: what surrogate training is without one of its parts, beside what was published.</summary>
internal static class AblationsCommand
{
    private const string Help = """
        Trains surrogates of heat-1d-explicit and heat-1d whole and without one of their parts, and solves test instances with
        published D-IPG.

        Usage: dotnet run -c Release --project benchmarks/Retrodict.Benchmarks -- ablations [options]

          --markdown       print tables for a page
          --items N        test instances a seed of heat-1d-explicit, 1 to 500 (default 20, as published)
          --help           this text
        """;

    private static readonly Dictionary<string, string[]> _published = new()
    {
        ["whole"] = ["0.043", "2.6 to 2.8", ".58"],
        ["no JCP"] = ["about 460", "3.8", ""],
        ["tied weights"] = ["", "16.2", ".061"],
        ["no reconstruction"] = ["almost as whole", "", ""],
        ["no cycle"] = ["almost as whole", "", ""],
    };

    public static int Run(IReadOnlyList<string> arguments)
    {
        int items = SurrogateAblations.PublishedItems;
        if (CommandArguments.Read(
            arguments,
            Help,
            out bool markdown,
            (
                "--items",
                value => int.TryParse(
                    value, NumberStyles.None, CultureInfo.InvariantCulture, out items) && items is >= 1 and <= 500)) is { } code)
        {
            return code;
        }

        Affine(markdown, items);
        Console.WriteLine();
        Dense(markdown);
        return 0;
    }

    private static void Affine(bool markdown, int items)
    {
        Console.WriteLine($"heat-1d-explicit, affine module, {items} test instances of each of the seeds 0 and 1:");
        Console.WriteLine();
        string[] heads = ["training", "composition error", "published", "steps", "published", "acceptance", "published", "success"];
        Head(markdown, heads);
        foreach (AblationRow row in SurrogateAblations.Affine([0, 1], items))
        {
            string[] published = _published.GetValueOrDefault(row.Name, ["", "", ""]);
            Print(
                markdown,
                [
                    row.Name,
                    Number(row.CompositionError * 64),
                    published[0],
                    Number(row.MeanSteps),
                    published[1],
                    Number(row.Acceptance),
                    published[2],
                    Percent(row.Success),
                ]);
        }

        Console.WriteLine();
        Console.WriteLine(
            "The composition error is that of V W - I, squared, over all 64 x 64 elements. Steps are accepted trials an instance.");
    }

    private static void Dense(bool markdown)
    {
        Console.WriteLine("heat-1d, dense pair, all 300 test instances of a seed (published, seed 7: success 24.3 % with JCP; its "
            + "reference run 23.7 % with and 19.3 % without, median iterations 36 and 22):");
        Console.WriteLine();
        Head(markdown, ["training", "seed", "RJCP", "success", "95 % interval", "median iterations", "acceptance"]);
        IReadOnlyList<AblationRow> rows = SurrogateAblations.Dense([7, 8, 9]);
        foreach (AblationRow row in rows)
        {
            for (int k = 0; k < row.Arms.Count; k++)
            {
                Dense(markdown, row with { Arms = [row.Arms[k]] }, (7 + k).ToString(CultureInfo.InvariantCulture));
            }

            Dense(markdown, row, "all");
        }

        Console.WriteLine();
        Console.WriteLine($"RJCP without the penalty over that with it: {Number(rows[1].CompositionError / rows[0].CompositionError)} "
            + "(goal: above 1.4).");
    }

    private static void Dense(bool markdown, AblationRow row, string seed)
    {
        WilsonInterval interval = WilsonInterval.Of(row.Success, row.Instances);
        Print(
            markdown,
            [
                row.Name,
                seed,
                Number(row.CompositionError),
                Percent(row.Success),
                $"{Percent(interval.Lower)} to {Percent(interval.Upper)}",
                row.MedianIterations.ToString(CultureInfo.InvariantCulture), Number(row.Acceptance),
            ]);
    }

    private static void Head(bool markdown, string[] heads)
    {
        Print(markdown, heads);
        if (markdown)
        {
            Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", heads.Length))}");
        }
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static void Print(bool markdown, string[] cells) =>
        Console.WriteLine(markdown
            ? $"| {string.Join(" | ", cells)} |"
            : cells[0].PadRight(38) + string.Concat(cells[1..].Select(cell => cell.PadLeft(20))));
}

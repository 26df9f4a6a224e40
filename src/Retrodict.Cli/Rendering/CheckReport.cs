using System.Globalization;
using Retrodict.Catalogue;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>The table of <c>check</c>.</summary>
internal static class CheckReport
{
    public static void Write(Page page, BenchmarkProblem problem, DerivativeCheck check, int points)
    {
        page.Line(problem.ToString(), Page.Strong);
        page.Line(string.Create(CultureInfo.InvariantCulture, $"the largest errors at {points} random points of the box (finite values: "
            + $"{10 * points} points)"));
        page.Line();
        Table table = Page.Table(
            ("check", Justify.Left),
            ("compared", Justify.Left),
            ("error", Justify.Right),
            ("limit", Justify.Right),
            ("", Justify.Left));
        foreach (CheckedProperty property in check.Properties)
        {
            bool isCount = property.Limit == 0;
            table.AddRow(
                new Text(property.Name),
                new Text(property.Description),
                new Text(isCount ? Format.Number(property.Error) : Format.Scientific(property.Error)),
                new Text(isCount ? "0" : Format.Scientific(property.Limit)),
                property.Passed ? new Text("ok", Page.Good) : new Text("FAIL", Page.Bad));
        }

        page.Write(table);
    }
}

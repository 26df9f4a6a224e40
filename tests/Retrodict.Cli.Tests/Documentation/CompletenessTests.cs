using Retrodict.Catalogue;
using Retrodict.Comparison;

namespace Retrodict.Cli.Tests.Documentation;

/// <summary>The pages that list what there is leave nothing out.</summary>
public sealed class CompletenessTests
{
    public static TheoryData<string> Problems() => [.. ProblemCatalogue.All.Select(problem => problem.Name)];

    public static TheoryData<string> Methods() =>
        [.. SolverNames.Classical.Where(name => !name.EndsWith("-published", StringComparison.Ordinal))];

    public static TheoryData<string> Pages() => [.. Page.Names().Where(name => name != "README.md")];

    [Theory]
    [MemberData(nameof(Problems))]
    public void Every_problem_has_a_row_in_the_tables_of_its_page(string problem) => Assert.True(
        Count("docs/benchmark-problems.md", $"\n| `{problem}` |") == 2,
        $"docs/benchmark-problems.md has two tables, and '{problem}' must have a row in each.");

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_stands_on_the_page_about_choosing_one(string name)
    {
        string method = SolverNames.Create(name).GetType().Name;
        Assert.True(Count("docs/choosing-a-solver.md", $"`{method}`") > 0, $"docs/choosing-a-solver.md says nothing of `{method}`.");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_is_linked_from_the_readme(string page) =>
        Assert.True(Count("README.md", $"]({page})") > 0, $"README.md has no link to {page}.");

    private static int Count(string page, string text) =>
        File.ReadAllText(Path.Combine(Page.Root, page)).Split(text).Length - 1;
}

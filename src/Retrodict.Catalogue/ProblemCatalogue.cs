using Retrodict.Catalogue.Problems;

namespace Retrodict.Catalogue;

/// <summary>The benchmark problems, one of each.</summary>
public static class ProblemCatalogue
{
    /// <summary>The initial temperature of a rod from a distorted measurement of its cooled state: 64 unknowns, of which about five can be seen in the
    /// data. From the experiments of arXiv 2605.13068.</summary>
    public static BenchmarkProblem Heat1D { get; } = new Heat1D();

    /// <summary>All problems, in the order in which they are listed.</summary>
    public static IReadOnlyList<BenchmarkProblem> All { get; } = Array.AsReadOnly([Heat1D]);

    /// <summary>The problem of a name.</summary>
    /// <param name="name">The name, for instance <c>heat-1d</c>; upper and lower case differ.</param>
    /// <exception cref="KeyNotFoundException">There is no such problem; the message lists those there are and says which name is nearest.</exception>
    public static BenchmarkProblem Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(problem => problem.Name == name) ?? throw new KeyNotFoundException(Missing(name));
    }

    private static string Missing(string name)
    {
        IEnumerable<string> names = All.Select(problem => problem.Name);
        string hint = NearestName.Find(name, names) is string nearest ? $" Did you mean '{nearest}'?" : "";
        return $"There is no problem '{name}'; there are: {string.Join(", ", names)}.{hint}";
    }
}

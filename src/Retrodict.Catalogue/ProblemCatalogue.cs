using Retrodict.Catalogue.Problems;

namespace Retrodict.Catalogue;

/// <summary>The benchmark problems, one of each.</summary>
public static class ProblemCatalogue
{
    /// <summary>The initial temperature of a rod from a distorted measurement of its cooled state: 64 unknowns, of which about five can be
    /// seen in the data. From the experiments of arXiv 2605.13068.</summary>
    public static BenchmarkProblem Heat1D { get; } = new Heat1D();

    /// <summary>The initial temperature of a rod from its state after 200 explicit Euler steps: linear, with 64 unknowns. From the
    /// experiments of arXiv 2511.21076.</summary>
    public static BenchmarkProblem Heat1DExplicit { get; } = new Heat1DExplicit();

    /// <summary>The initial temperature of a cube from a blurred, distorted measurement of its cooled state: 512 unknowns, of which about a
    /// hundred can be seen in the data. From the experiments of arXiv 2605.13068.</summary>
    public static BenchmarkProblem Heat3D { get; } = new Heat3D();

    /// <summary>Mass, damping, stiffness and initial state of an oscillator from its motion: 5 unknowns, of which the motion tells 4
    /// combinations. From the experiments of arXiv 2511.21076.</summary>
    public static BenchmarkProblem Oscillator { get; } = new Oscillator();

    /// <summary>All problems, in the order in which they are listed.</summary>
    public static IReadOnlyList<BenchmarkProblem> All { get; } = Array.AsReadOnly([Heat1D, Heat1DExplicit, Heat3D, Oscillator]);

    /// <summary>The problem of a name.</summary>
    /// <param name="name">The name, for instance <c>heat-1d</c>; upper and lower case differ.</param>
    /// <exception cref="KeyNotFoundException">There is no such problem; the message lists those there are and says which name is
    /// nearest.</exception>
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

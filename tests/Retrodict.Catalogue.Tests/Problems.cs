namespace Retrodict.Catalogue.Tests;

/// <summary>The problems under test, and their data where several tests look at the same.</summary>
internal static class Problems
{
    private static readonly Lazy<DataSet> _heat1DTraining = new(() => ProblemCatalogue.Heat1D.Generate(Split.Train));

    /// <summary>Every problem by name, for tests of what all have in common.</summary>
    public static TheoryData<string> Names => [.. ProblemCatalogue.All.Select(problem => problem.Name)];

    public static DataSet Heat1DTraining => _heat1DTraining.Value;
}

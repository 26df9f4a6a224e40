namespace Retrodict.Catalogue.Tests;

public sealed class ProblemCatalogueTests
{
    private static string All => string.Join(", ", ProblemCatalogue.All.Select(problem => problem.Name));

    [Fact]
    public void Problems_are_found_by_name()
    {
        Assert.Same(ProblemCatalogue.Heat1D, ProblemCatalogue.Find("heat-1d"));
        Assert.Equal(ProblemCatalogue.All, ProblemCatalogue.All.Select(problem => ProblemCatalogue.Find(problem.Name)));
        Assert.Equal(ProblemCatalogue.All.Count, ProblemCatalogue.All.Select(problem => problem.Name).Distinct().Count());
    }

    [Fact]
    public void Every_problem_that_is_written_is_listed()
    {
        IEnumerable<Type> written = typeof(BenchmarkProblem).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BenchmarkProblem)));
        Assert.All(written, type => Assert.True(
            ProblemCatalogue.All.Any(problem => problem.GetType() == type),
            $"{type.Name} is not listed in ProblemCatalogue.All, in src/Retrodict.Catalogue/ProblemCatalogue.cs."));
    }

    [Theory]
    [InlineData("heat1d", "heat-1d")]
    [InlineData("heat-1D", "heat-1d")]
    [InlineData("haet-1d", "heat-1d")]
    [InlineData("osillator", "oscillator")]
    public void A_typing_error_is_answered_with_the_nearest_name(string name, string nearest)
        => Assert.Equal(
            $"There is no problem '{name}'; there are: {All}. Did you mean '{nearest}'?",
            Assert.Throws<KeyNotFoundException>(() => ProblemCatalogue.Find(name)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("wave-equation")]
    public void A_name_that_resembles_none_is_answered_with_the_list(string name)
        => Assert.Equal(
            $"There is no problem '{name}'; there are: {All}.",
            Assert.Throws<KeyNotFoundException>(() => ProblemCatalogue.Find(name)).Message);

    [Fact]
    public void Heat_1d_has_the_settings_of_its_publication()
    {
        BenchmarkProblem problem = ProblemCatalogue.Heat1D;
        Assert.Equal([64], problem.UnknownShape);
        Assert.Equal([64], problem.ObservationShape);
        Assert.Equal(new Box(0, 1), problem.Bounds);
        Assert.Equal(0.01, problem.Noise[0]);
        Assert.Null(problem.Noise.Dimension);
        Assert.Equal(0.30, problem.Tolerance);
        Assert.Equal(120, problem.MaxIterations);
        Assert.Equal(new double[64], problem.Start);
        Assert.Equal(new SplitSizes(4000, 500, 300), problem.Sizes);
        Assert.Equal((4000, 500, 300), (problem.Sizes[Split.Train], problem.Sizes[Split.Validation], problem.Sizes[Split.Test]));
        Assert.Equal("heat-1d: initial temperature of a rod from a distorted measurement of its cooled state", problem.ToString());
    }

    [Fact]
    public void Heat_1d_explicit_has_the_settings_of_its_publication() => AssertSettings(
        ProblemCatalogue.Heat1DExplicit, [64], [64], new Box(-3, 3), noise: 0.02, tolerance: 0.30, iterations: 200,
        new SplitSizes(5000, 500, 500), new double[64]);

    [Fact]
    public void Heat_3d_has_the_settings_of_its_publication() => AssertSettings(
        ProblemCatalogue.Heat3D, [8, 8, 8], [8, 8, 8], new Box(0, 1), noise: 0.0015, tolerance: 0.38, iterations: 80,
        new SplitSizes(4000, 400, 80), new double[512]);

    [Fact]
    public void The_oscillator_has_the_settings_of_its_publication()
    {
        AssertSettings(
            ProblemCatalogue.Oscillator,
            [5],
            [64],
            new Box([0.5, 0, 0.5, -2, -2], [2, 1, 5, 2, 2]),
            noise: 0.01,
            tolerance: 0.30,
            iterations: 200,
            new SplitSizes(5000, 500, 500),
            [1.25, 0.5, 2.75, 0, 0]);
        Assert.Equal(["c/m", "k/m", "q(0)", "q'(0)"], ProblemCatalogue.Oscillator.RecoveredQuantities);
    }

    private static void AssertSettings(
        BenchmarkProblem problem, int[] unknown, int[] observation, Box bounds, double noise, double tolerance, int iterations,
        SplitSizes sizes, double[] start)
    {
        Assert.Equal(unknown, problem.UnknownShape);
        Assert.Equal(observation, problem.ObservationShape);
        Assert.Equal(bounds, problem.Bounds);
        Assert.Equal((noise, (int?)null), (problem.Noise[0], problem.Noise.Dimension));
        Assert.Equal((tolerance, iterations, sizes), (problem.Tolerance, problem.MaxIterations, problem.Sizes));
        Assert.Equal(start, problem.Start);
    }
}

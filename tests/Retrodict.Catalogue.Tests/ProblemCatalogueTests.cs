namespace Retrodict.Catalogue.Tests;

public sealed class ProblemCatalogueTests
{
    [Fact]
    public void Problems_are_found_by_name()
    {
        Assert.Same(ProblemCatalogue.Heat1D, ProblemCatalogue.Find("heat-1d"));
        Assert.Equal(ProblemCatalogue.All, ProblemCatalogue.All.Select(problem => ProblemCatalogue.Find(problem.Name)));
        Assert.Equal(ProblemCatalogue.All.Count, ProblemCatalogue.All.Select(problem => problem.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("heat1d")]
    [InlineData("heat-1D")]
    [InlineData("haet-1d")]
    public void A_typing_error_is_answered_with_the_nearest_name(string name)
        => Assert.Equal(
            $"There is no problem '{name}'; there are: heat-1d. Did you mean 'heat-1d'?",
            Assert.Throws<KeyNotFoundException>(() => ProblemCatalogue.Find(name)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("wave-equation")]
    public void A_name_that_resembles_none_is_answered_with_the_list(string name)
        => Assert.Equal(
            $"There is no problem '{name}'; there are: heat-1d.", Assert.Throws<KeyNotFoundException>(() => ProblemCatalogue.Find(name)).Message);

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
}

namespace Retrodict.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] _names = ["gauss-newton", "newton", "l-bfgs", "bfgs"];

    [Theory]
    [InlineData("newtn", "newton")]
    [InlineData("Gauss-Newton", "gauss-newton")]
    [InlineData("gaussnewton", "gauss-newton")]
    [InlineData("lbfgs", "l-bfgs")]
    [InlineData("bfgs", "bfgs")]
    [InlineData("bgfs", "bfgs")]
    [InlineData("bsgf", null)]
    [InlineData("simplex", null)]
    [InlineData("", null)]
    public void The_name_with_the_fewest_edits_is_found_if_it_is_near(string name, string? expected)
        => Assert.Equal(expected, NearestName.Find(name, _names));

    [Fact]
    public void Long_names_have_no_nearest()
        => Assert.Null(NearestName.Find(new string('a', 101), [new string('a', 100)]));
}

using System.Text.Json;
using Retrodict.Catalogue;
using Retrodict.Data;

namespace Retrodict.Cli.Tests;

public sealed class DataTests : TemporaryFolder
{
    [Fact]
    public void The_file_holds_the_samples()
    {
        string path = File("v.npz");
        JsonElement written = Cli.Json("data", "heat-1d", "--split", "validation", "--count", "5", "--seed", "11", "--out", path);
        Assert.Equal(["problem", "split", "count", "seed", "file", "arrays"], Keys.Of(written));
        Assert.Equal(["x", "y", "y_clean", "y_mean", "y_std"], Keys.Of(written.GetProperty("arrays")));
        DataSet expected = ProblemCatalogue.Heat1D.Generate(Split.Validation, 5, 11);
        using NpzFile file = NpzFile.Open(path);
        Assert.Equal(expected.X, file["x"].ToDoubles());
        Assert.Equal(expected.Y, file["y"].ToDoubles());
        Assert.Equal(expected.YClean, file["y_clean"].ToDoubles());
        Assert.Equal(expected.YStd, file["y_std"].ToDoubles());
    }

    public static TheoryData<string> Names() => new(ProblemCatalogue.All.Select(problem => problem.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_problem_has_data(string name)
    {
        string path = File("few.npz");
        Assert.Equal(3, Cli.Json("data", name, "--split", "train", "--count", "3", "--out", path).GetProperty("count").GetInt32());
        DataSet expected = ProblemCatalogue.Find(name).Generate(Split.Train, 3);
        using NpzFile file = NpzFile.Open(path);
        Assert.Equal([3, expected.Problem.Unknowns], file["x"].Shape);
        Assert.Equal(expected.X, file["x"].ToDoubles());
        Assert.Equal(expected.Y, file["y"].ToDoubles());
    }

    [Fact]
    public void Without_a_count_it_is_the_whole_split_and_threads_do_not_matter()
    {
        string one = File("one.npz"), two = File("two.npz");
        Cli.Outcome outcome = Cli.Run("data", "heat-1d", "--split", "test", "--threads", "1", "--out", one);
        Assert.StartsWith("300 test samples of heat-1d (seed 7) in ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("", Cli.Run("data", "heat-1d", "--split", "test", "--threads", "2", "-q", "--out", two).Output);
        Assert.Equal(System.IO.File.ReadAllBytes(one), System.IO.File.ReadAllBytes(two));
    }

    [Fact]
    public void Cancelled_it_leaves_no_file()
    {
        string path = File("x.npz");
        Assert.Equal(130, Cli.Run(new CancellationToken(canceled: true), "data", "heat-1d", "--split", "test", "--out", path).Code);
        Assert.False(System.IO.File.Exists(path));
    }
}

using System.Text;
using System.Text.Json;
using Retrodict.Data;

namespace Retrodict.Cli.Tests;

/// <summary>What <c>solve</c> writes, and what it says of files it cannot use.</summary>
public sealed class SolveFileTests : TemporaryFolder
{
    [Fact]
    public void The_file_holds_solutions_and_measures()
    {
        string path = File("out.npz");
        JsonElement solve = Cli.Json("solve", "heat-1d", "--instances", "4", "--out", path);
        using NpzFile file = NpzFile.Open(path);
        Assert.Equal(
            [
                "x", "status", "criterion", "iterations", "residual", "discrepancy", "rmse_x", "microseconds", "model", "jvp", "vjp",
                "reverse_map", "linear_solves", "y_mean",
                "y_std", "status_names", "criterion_names",
            ],
            file.Names);
        Assert.Equal([4, 64], file["x"].Shape);
        Assert.All(new[] { "status", "criterion", "iterations" }, name => Assert.Equal(NumpyType.Int32, file[name].ElementType));
        Assert.Equal([64], file["y_std"].Shape);
        double[] residual = file["residual"].ToDoubles();
        double[] status = file["status"].ToDoubles();
        double[] model = file["model"].ToDoubles();
        string[] names = Lines(file["status_names"]);
        for (int i = 0; i < 4; i++)
        {
            JsonElement result = solve.GetProperty("results")[i];
            Assert.Equal(result.GetProperty("residual").GetDouble(), residual[i]);
            Assert.Equal(result.GetProperty("status").GetString(), names[(int)status[i]]);
            Assert.Equal(result.GetProperty("evaluations").GetProperty("model").GetDouble(), model[i]);
        }

        Assert.Equal(["converged", "stalled", "max-iterations", "budget", "non-finite", "cancelled", "failed", "undetermined"], names);
        Assert.Equal(Enum.GetNames<StoppingCriterion>().Length, Lines(file["criterion_names"]).Length);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Rows_that_do_not_fit_are_named_with_both_shapes()
    {
        string file = Array("short.npy", new double[30], 2, 15);
        Assert.Contains(
            "has shape (2, 15), but an observation of heat-1d needs shape (count, 64)",
            Fail("--observations", file),
            StringComparison.Ordinal);
        Assert.Contains("--prior-samples: ", Fail("--prior-samples", file), StringComparison.Ordinal);
        Assert.Contains("--start: ", Fail("--start", file), StringComparison.Ordinal);
        Assert.Contains("(0, 64)", Fail("--observations", Array("empty.npy", [], 0, 64)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_more_axes_are_flattened_and_a_vector_is_one_row()
    {
        string data = Samples(2);
        double[] y = NumpySource.Load($"{data}:y").ToDoubles();
        Assert.Equal(2, Cli.Json("solve", "heat-1d", "--observations", Array("image.npy", y, 2, 8, 8)).GetProperty("instances").GetInt32());
        Assert.Equal(
            1, Cli.Json("solve", "heat-1d", "--observations", Array("vector.npy", y[..64], 64)).GetProperty("instances").GetInt32());
    }

    [Fact]
    public void A_number_that_is_not_finite_is_found()
    {
        var y = new double[3 * 64];
        y[(2 * 64) + 5] = double.NaN;
        Assert.Contains("row 2 of ", Fail("--observations", Array("nan.npy", y, 3, 64)), StringComparison.Ordinal);
        y[64] = double.PositiveInfinity;
        Assert.Contains("row 1 of ", Fail("--observations", Array("inf.npy", y, 3, 64)), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_and_arrays_are_named()
    {
        Assert.Contains("--observations: There is no file ", Fail("--observations", File("none.npz") + ":y"), StringComparison.Ordinal);
        string file = Samples(2);
        string error = Fail("--observations", $"{file}:y_claen");
        Assert.Contains("holds x, y, y_clean, y_mean, y_std", error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'y_clean'?", error, StringComparison.Ordinal);
        Assert.Contains("name one of them", Fail("--observations", file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        string file = Samples(20);
        byte[] bytes = System.IO.File.ReadAllBytes(file);
        string cut = File("cut.npz");
        System.IO.File.WriteAllBytes(cut, bytes[..(bytes.Length / 2)]);
        Assert.Contains("cut.npz'", Fail("--observations", $"{cut}:y"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_different_files_must_be_equally_many()
    {
        string three = Samples(3), four = Samples(4);
        Assert.Contains(
            "has 4 rows, but --observations", Fail("--observations", $"{three}:y", "--truth", $"{four}:x"), StringComparison.Ordinal);
        Assert.Contains(
            "it must have 1, for all instances, or 3, one each",
            Fail("--observations", $"{three}:y", "--start", $"{four}:x"),
            StringComparison.Ordinal);
        Assert.Contains(
            "has 3 rows", Cli.Fail(2, "solve", "heat-1d", "--observations", $"{three}:y", "--instances", "4"), StringComparison.Ordinal);
    }

    [Fact]
    public void Prior_samples_must_vary()
    {
        Assert.Contains("there is one row", Fail("--prior-samples", Array("one.npy", new double[64], 1, 64)), StringComparison.Ordinal);
        Assert.Contains("do not vary", Fail("--prior-samples", Array("same.npy", new double[3 * 64], 3, 64)), StringComparison.Ordinal);
    }

    private static string Fail(params string[] options) => Cli.Fail(1, ["solve", "heat-1d", .. options]);

    private static string[] Lines(NumpyArray bytes) =>
        Encoding.UTF8.GetString([.. bytes.ToDoubles().Select(value => (byte)value)]).Split('\n');
}

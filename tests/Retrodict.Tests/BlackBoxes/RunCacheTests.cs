using Retrodict.Data;

namespace Retrodict.Tests.BlackBoxes;

public sealed class RunCacheTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("retrodict-runs-");
    private int _runs;

    private string Path => System.IO.Path.Combine(_folder.FullName, "runs");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_inversion_that_was_killed_goes_on_without_repeating_runs()
    {
        SolveResult undisturbed = Solve(Model);
        int all = _runs;
        for (int killed = 1; killed < all; killed += 5)
        {
            File.Delete(Path);
            _runs = 0;
            int at = killed;
            using (var cache = new RunCache(Path, 2, 3, "decay"))
            {
                Assert.Throws<TimeoutException>(() => Solve(cache.Around((x, y) =>
                {
                    if (_runs == at)
                    {
                        throw new TimeoutException();
                    }

                    Model(x, y);
                })));
            }

            using var again = new RunCache(Path, 2, 3, "decay");
            Assert.InRange(again.Count, 1, killed);
            Assert.Equal(undisturbed.X, Solve(again.Around(Model)).X);
            Assert.Equal(killed, again.Count - (_runs - killed));
            Assert.InRange(_runs, 1, all);
        }
    }

    [Fact]
    public void What_a_kill_leaves_of_a_last_run_is_cut_off()
    {
        Fill(3);
        byte[] whole = File.ReadAllBytes(Path);
        int record = 8 * 6;
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(Path, whole[..cut]);
            int expected = Math.Max(0, (cut - (whole.Length - (3 * record))) / record);
            using (var cache = new RunCache(Path, 2, 3, "decay"))
            {
                Assert.Equal(expected, cache.Count);
            }

            Fill(3);
            Assert.Equal(whole, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void Files_of_others_and_damaged_ones_are_refused()
    {
        Fill(3);
        Assert.Contains("'retrodict runs 1, 2 to 3, growth' is needed", Refused(2, "growth"), StringComparison.Ordinal);
        Assert.Contains("begins with", Refused(1, "decay"), StringComparison.Ordinal);
        byte[] bytes = File.ReadAllBytes(Path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(Path, bytes);
        Assert.Contains("run 0 of it", Refused(2, "decay"), StringComparison.Ordinal);

        string Refused(int unknowns, string model) =>
            Assert.Throws<DataFormatException>(() => new RunCache(Path, unknowns, 3, model).Dispose()).Message;
    }

    [Fact]
    public void Runs_that_failed_are_not_kept()
    {
        using var cache = new RunCache(Path, 2, 3);
        double[] y = new double[3];
        cache.Around((_, values) => values[1] = double.NaN)([1, 2], y);
        Assert.Equal(0, cache.Count);
    }

    private void Fill(int count)
    {
        using var cache = new RunCache(Path, 2, 3, "decay");
        for (int i = 0; i < count; i++)
        {
            cache.Around(Model)([i, 1], new double[3]);
        }
    }

    private static SolveResult Solve(Autodiff.ExternalFunction model) =>
        new GaussNewton().Solve(InverseProblem.FromFunctions(model, 2, 3), [2, 1.2, 0.7], [1, 1]);

    private void Model(ReadOnlySpan<double> x, Span<double> y)
    {
        _runs++;
        for (int i = 0; i < 3; i++)
        {
            y[i] = x[0] * Math.Exp(-x[1] * i);
        }
    }
}

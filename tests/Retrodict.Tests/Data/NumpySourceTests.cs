using Retrodict.Data;

namespace Retrodict.Tests.Data;

public sealed class NumpySourceTests
{
    [Fact]
    public void A_file_alone_is_an_npy_file()
        => Assert.Equal(5, NumpySource.Load(Fixture.Path("vector_f4.npy")).Length);

    [Fact]
    public void A_name_after_the_colon_is_an_array_of_the_archive()
    {
        Assert.Equal(4, NumpySource.Load(Fixture.Path("stored.npz") + ":y_noisy").Length);
        Assert.Equal(4, NumpySource.Load(Fixture.Path("compressed.npz") + ":group/mask").Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    public void An_archive_alone_is_answered_with_its_arrays(string ending)
    {
        string message = Assert.Throws<DataFormatException>(() => NumpySource.Load(Fixture.Path("stored.npz") + ending)).Message;
        Assert.Contains("x, y_noisy, group/mask", message, StringComparison.Ordinal);
        Assert.Contains("stored.npz:ARRAY", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_an_npy_file_is_refused()
        =>
            Assert.Contains(
                "leave out ':x'", Assert.Throws<DataFormatException>(
                    () => NumpySource.Load(Fixture.Path("vector_f4.npy") + ":x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Paths_and_names_may_hold_colons()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no colons in file names.");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["12:30"]);
        string path = folder["12:30/a:b.npz"];
        NpzFile.Write(path, [("x", NumpyArray.Create([1.0])), ("run:2", NumpyArray.Create([1.0, 2.0]))], compressed: false);
        Assert.Equal(1, NumpySource.Load(path + ":x").Length);
        Assert.Equal(2, NumpySource.Load(path + ":run:2").Length);
        NpyFile.Write(folder["12:30/a:b.npy"], NumpyArray.Create([1.0, 2.0, 3.0]));
        Assert.Equal(3, NumpySource.Load(folder["12:30/a:b.npy"]).Length);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using TemporaryFolder folder = new();
        Assert.Contains(
            "no.npy", Assert.Throws<FileNotFoundException>(() => NumpySource.Load(folder["no.npy"])).Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "no.npz", Assert.Throws<FileNotFoundException>(
                () => NumpySource.Load(folder["no.npz"] + ":x")).FileName, StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean 'y_noisy'?", Assert.Throws<DataFormatException>(
                () => NumpySource.Load(Fixture.Path("stored.npz") + ":Y_NOISY")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_content_tells_an_archive_under_another_name()
    {
        using TemporaryFolder folder = new();
        File.Copy(Fixture.Path("stored.npz"), folder["observations.dat"]);
        Assert.Equal(6, NumpySource.Load(folder["observations.dat"] + ":x").Length);
    }

    [Fact]
    public void Limits_reach_the_readers()
    {
        NumpyLimits limits = new() { MaxBytes = 1 };
        Assert.Throws<DataFormatException>(() => NumpySource.Load(Fixture.Path("vector_f4.npy"), limits));
        Assert.Throws<DataFormatException>(() => NumpySource.Load(Fixture.Path("stored.npz") + ":x", limits));
    }
}

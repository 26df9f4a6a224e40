using Retrodict.Data;

namespace Retrodict.Tests.Data;

public sealed class NpzFileTests
{
    [Theory]
    [InlineData("stored.npz")]
    [InlineData("compressed.npz")]
    public void Archives_of_NumPy_are_read(string name)
    {
        using NpzFile file = NpzFile.Open(Fixture.Path(name));
        Assert.Equal(["x", "y_noisy", "group/mask"], file.Names);
        Assert.Equal([0.0, -1.0, 2.0, -3.0, 4.0, -5.0], file["x"].ToDoubles());
        Assert.Equal(NumpyType.Float32, file.Load("y_noisy").ElementType);
        Assert.Equal([2, 2], file.ReadHeader("group/mask").Shape.ToArray());
        Assert.Equal([0.0, 1.0, 1.0, 1.0], file["group/mask"].ToDoubles());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_comes_back(bool compressed)
    {
        using TemporaryFolder folder = new();
        NumpyArray a = NumpyArray.Create([1.0, 2.0, 3.0, 4.0], 2, 2);
        NumpyArray b = NumpyArray.Create(new int[50_000]);
        NpzFile.Write(folder["out.npz"], [("a", a), ("größe", b)], compressed);
        Assert.Equal(["out.npz"], folder.Files);
        using NpzFile file = NpzFile.Open(folder["out.npz"]);
        Assert.Equal(["a", "größe"], file.Names);
        Assert.Equal(a.ToDoubles(), file["a"].ToDoubles());
        Assert.Equal(50_000, file["größe"].Length);
        Assert.Equal(compressed, new FileInfo(folder["out.npz"]).Length < 10_000);
    }

    [Fact]
    public void Equal_arrays_make_equal_files()
    {
        using TemporaryFolder folder = new();
        NumpyArray a = NumpyArray.Create([1.0, 2.0]);
        NpzFile.Write(folder["1.npz"], [("a", a)], compressed: true);
        NpzFile.Write(folder["2.npz"], [("a", a)], compressed: true);
        Assert.Equal(File.ReadAllBytes(folder["1.npz"]), File.ReadAllBytes(folder["2.npz"]));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_names_there_are_and_the_nearest()
    {
        using NpzFile file = NpzFile.Open(Fixture.Path("stored.npz"));
        string message = Assert.Throws<DataFormatException>(() => file["y_nosy"]).Message;
        Assert.Contains("stored.npz' has no array 'y_nosy'; it holds x, y_noisy, group/mask. Did you mean " +
            "'y_noisy'?", message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Did you mean", Assert.Throws<DataFormatException>(() => file["temperature"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_archive_has_no_names()
    {
        using TemporaryFolder folder = new();
        NpzFile.Write(folder["empty.npz"], [], compressed: false);
        using NpzFile file = NpzFile.Open(folder["empty.npz"]);
        Assert.Empty(file.Names);
        Assert.Contains("it holds none", Assert.Throws<DataFormatException>(() => file["x"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_given_twice_or_empty_are_not_written_and_leave_no_file()
    {
        using TemporaryFolder folder = new();
        NumpyArray a = NumpyArray.Create([1.0]);
        Assert.Contains(
            "'a'", Assert.Throws<ArgumentException>(
                () => NpzFile.Write(folder["x.npz"], [("a", a), ("a", a)], false)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NpzFile.Write(folder["x.npz"], [("", a)], false));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Arrays_load_from_many_threads()
    {
        using NpzFile file = NpzFile.Open(Fixture.Path("compressed.npz"));
        Parallel.For(0, 200, i => Assert.Equal(6, file["x"].Length + (i % 2 == 0 ? 0 : file["y_noisy"].Length - 4)));
    }
}

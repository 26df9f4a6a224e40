using Retrodict.Data;

namespace Retrodict.Tests.Data;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_written_and_replaced()
    {
        using TemporaryFolder folder = new();
        AtomicFile.Write(folder["a"], stream => stream.Write("first, and longer"u8));
        AtomicFile.Write(folder["a"], stream => stream.Write("second"u8));
        Assert.Equal("second", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Files);
    }

    [Fact]
    public void A_writer_that_throws_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a"], "old");
        Assert.Throws<TimeoutException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write("half of the n"u8);
            stream.Flush();
            Assert.Equal(2, folder.Files.Length);
            Assert.Equal("old", File.ReadAllText(folder["a"]));
            throw new TimeoutException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Files);
    }

    [Fact]
    public void A_writer_that_throws_leaves_no_new_file()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<TimeoutException>(() => AtomicFile.Write(folder["a"], _ => throw new TimeoutException()));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void What_a_killed_writer_left_goes_with_the_next_file_of_its_name()
    {
        using TemporaryFolder folder = new();
        string[] left = [".a.killed.tmp", ".a.writing.tmp", ".a.young.tmp", ".b.killed.tmp", ".ab.killed.tmp"];
        foreach (string file in left)
        {
            File.WriteAllText(folder[file], "half of");
            TimeSpan age = TimeSpan.FromMinutes(file.Contains("young", StringComparison.Ordinal) ? 0 : 2);
            File.SetLastWriteTimeUtc(folder[file], DateTime.UtcNow - age);
        }

        using (new FileStream(folder[".a.writing.tmp"], FileMode.Open, FileAccess.Read, FileShare.None))
        {
            AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        }

        Assert.Equal(["a", .. left[1..]], folder.Files.OrderBy(file => Array.IndexOf(left, file)));
        Assert.Equal("new", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public void A_reader_of_the_old_file_goes_on_reading_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace open files.");
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a"], "old");
        using StreamReader reader = new(folder["a"]);
        AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        Assert.Equal("old", reader.ReadToEnd());
    }

    [Fact]
    public void Folders_that_are_missing_or_in_the_way_are_named()
    {
        using TemporaryFolder folder = new();
        Assert.Contains(
            "no", Assert.Throws<DirectoryNotFoundException>(
                () => AtomicFile.Write(folder["no/a"], _ => { })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is a folder", Assert.Throws<IOException>(() => AtomicFile.Write(folder.Path, _ => { })).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Permissions_and_links_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions, and links need rights.");
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a"], "old");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder["a"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        File.CreateSymbolicLink(folder["link"], folder["a"]);
        AtomicFile.Write(folder["link"], stream => stream.Write("new"u8));
        Assert.Equal(folder["a"], File.ResolveLinkTarget(folder["link"], returnFinalTarget: true)!.FullName);
        Assert.Equal("new", File.ReadAllText(folder["a"]));
        Assert.Equal(["a", "link"], folder.Files);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(folder["a"]));
        }
    }

    [Fact]
    public void A_device_is_written_and_not_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The null device of Linux.");
        AtomicFile.Write("/dev/null", stream => stream.Write("gone"u8));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }
}

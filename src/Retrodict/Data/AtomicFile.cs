namespace Retrodict.Data;

/// <summary>Writes files that are whole or not there: to a temporary file in the same folder, to disk, and then by renaming into
/// place.</summary>
public static class AtomicFile
{
    private const string TemporaryEnding = ".tmp";

    private static readonly EnumerationOptions _hidden = new() { AttributesToSkip = 0, IgnoreInaccessible = true };
    private static readonly TimeSpan _leftAlone = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Writes a file. Whatever goes wrong before the last step (the writer throws, the disk is full, the process is killed), a file that
    /// was there before keeps its old content. A new file has the permissions of the old one. A symbolic link stays, and the file it points
    /// to is replaced; devices such as <c>/dev/null</c> are written directly.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content to the stream it is given, which can seek and is closed afterwards.</param>
    /// <exception cref="DirectoryNotFoundException">The folder of the file does not exist.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = FinalTarget(Path.GetFullPath(path));
        if (IsDevice(target))
        {
            using FileStream device = new(target, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        string folder = Path.GetDirectoryName(target) ?? throw new IOException(
            $"{Quoted.Name(path)} is a root folder, where a file is to be written.");
        if (Directory.Exists(target))
        {
            throw new IOException($"{Quoted.Name(path)} is a folder, where a file is to be written.");
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"{Quoted.Name(path)} cannot be written: the folder {Quoted.Name(folder)} does not exist.");
        }

        DeleteLeftOver(folder, Path.GetFileName(target));
        string temporary = Path.Combine(folder, $"{TemporaryPrefix(Path.GetFileName(target))}{Path.GetRandomFileName()}{TemporaryEnding}");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                if (!OperatingSystem.IsWindows())
                {
                    if (File.Exists(target))
                    {
                        File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
                    }

                    // Under the lock of the open stream, so that nobody takes the file for left over before it has its name.
                    File.Move(temporary, target, overwrite: true);
                    return;
                }
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>
    /// Deletes what killed writers of the same file left: temporary files that no process has open and that are a minute old.
    /// </summary>
    private static void DeleteLeftOver(string folder, string name)
    {
        string prefix = TemporaryPrefix(name);
        foreach (string file in Directory.EnumerateFiles(folder, $".*{TemporaryEnding}", _hidden))
        {
            if (!Path.GetFileName(file).StartsWith(prefix, StringComparison.Ordinal)
                || DateTime.UtcNow - File.GetLastWriteTimeUtc(file) < _leftAlone)
            {
                continue;
            }

            try
            {
                using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A writer has it open, or it is not ours to delete.
            }
        }
    }

    private static string TemporaryPrefix(string name) => $".{name}.";

    private static string FinalTarget(string path)
        => File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;

    // Renaming over a device would, for root, put an ordinary file in its place for every other program on the machine.
    private static bool IsDevice(string path)
        => !OperatingSystem.IsWindows()
            && File.Exists(path)
            && (
                Path.GetDirectoryName(path) == "/dev"
                    || path.StartsWith("/dev/fd/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}

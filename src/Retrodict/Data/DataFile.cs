namespace Retrodict.Data;

/// <summary>Opens data files for reading.</summary>
internal static class DataFile
{
    /// <summary>Opens a file, or says in one sentence why it cannot be opened.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">It is a folder, or no path.</exception>
    public static FileStream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new DataFormatException($"{Quoted.Name(path)} is no path: it has a null character, which no file's name can have.");
        }

        if (Directory.Exists(path))
        {
            throw new DataFormatException($"{Quoted.Name(path)} is a folder, where a file is needed.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException(
                $"There is no file {Quoted.Name(path)} (looked for {Quoted.Name(Path.GetFullPath(path))}).", path, e);
        }
    }
}

namespace Retrodict.Cli.Hosting;

/// <summary>
/// A file that long work is going to write: claimed before the work, so that a folder that takes no files is found out at once and two
/// commands do not share one file and its checkpoints. The claim is a lock on <c>FILE.lock</c>, which ends with the process.
/// </summary>
internal sealed class OutputClaim : IDisposable
{
    private readonly FileStream _lock;

    private OutputClaim(FileStream claim) => _lock = claim;

    /// <exception cref="InputException">The folder takes no files, or another process holds the claim.</exception>
    public static OutputClaim Of(string path)
    {
        string name = $"{path}.lock";
        bool existed = File.Exists(name);
        try
        {
            return new OutputClaim(new FileStream(
                name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (IOException e) when (existed && File.Exists(name))
        {
            throw new InputException(
                $"another command is writing {path} (it holds {name}); wait for it, or give another --out", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be written: {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();
}

namespace Retrodict.Analysis;

/// <summary>Counts the instances of a batch that are done and tells a listener, one thread at a time.</summary>
internal sealed class BatchProgress(IProgress<int> listener)
{
    private readonly Lock _gate = new();
    private int _done;

    /// <summary>What the listener threw.</summary>
    public Exception? Failure { get; private set; }

    public void Add()
    {
        lock (_gate)
        {
            try
            {
                listener.Report(++_done);
            }
            catch (Exception e)
            {
                Failure = e;
                throw;
            }
        }
    }
}

namespace Retrodict.Analysis;

/// <summary>Counts the instances of a batch that are done and tells a listener, one thread at a time.</summary>
internal sealed class BatchProgress(IProgress<int> listener)
{
    private readonly Lock _gate = new();
    private int _done;

    public void Add()
    {
        lock (_gate)
        {
            listener.Report(++_done);
        }
    }
}

using System.Runtime.ExceptionServices;

namespace Retrodict.Learning;

/// <summary>
/// Batches in order, filled ahead on a thread of its own or when they are asked for. Since a batch depends on its step alone, both give the
/// same bits. A batch that is asked for and not begun is filled by who asks, so a thread that gets no processor is not waited for.
/// </summary>
internal sealed class BatchPipeline : IDisposable
{
    private const int Ahead = 4;

    private readonly IBatchSource _source;
    private readonly TrainingBatch[] _slots;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _gate = new();
    private readonly Thread? _thread;
    private readonly long _end;
    private long _taken;
    private long _returned;
    private long _filled;
    private volatile bool _stopped;
    private ExceptionDispatchInfo? _failure;

    public BatchPipeline(IBatchSource source, TrainingObjective objective, long first, long end, bool prefetch)
    {
        _source = source;
        _taken = _returned = _filled = first;
        _end = end;
        _slots = new TrainingBatch[prefetch ? Ahead : 1];
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new TrainingBatch(objective.Data);
        }

        if (prefetch && first < end)
        {
            _thread = new Thread(FillAhead) { IsBackground = true, Name = "Retrodict batches" };
            _thread.Start();
        }
    }

    /// <summary>The next step's batch; it is valid until it is returned.</summary>
    public TrainingBatch Take()
    {
        if (Volatile.Read(ref _filled) == _taken)
        {
            lock (_gate)
            {
                _failure?.Throw();
                if (_filled == _taken)
                {
                    FillNext();
                }
            }
        }

        return _slots[(int)(_taken++ % _slots.Length)];
    }

    /// <summary>Says that the batch taken last has been used.</summary>
    public void Return()
    {
        Volatile.Write(ref _returned, _returned + 1);

        // Waking a thread costs some microseconds, so it is done when half of the batches are used up.
        if (_thread is not null && Volatile.Read(ref _filled) - _returned <= Ahead / 2 && _wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _wake.Release();
        _thread?.Join();
        _wake.Dispose();
    }

    private void FillAhead()
    {
        while (!_stopped)
        {
            lock (_gate)
            {
                if (_filled == _end)
                {
                    return;
                }

                if (_filled - Volatile.Read(ref _returned) < Ahead)
                {
                    try
                    {
                        FillNext();
                        continue;
                    }
                    catch (Exception failure)
                    {
                        // The training thread throws it when it comes to this batch.
                        _failure = ExceptionDispatchInfo.Capture(failure);
                        return;
                    }
                }
            }

            _wake.Wait();
        }
    }

    /// <summary>Fills the next batch, behind the gate.</summary>
    private void FillNext()
    {
        _source.Fill(_filled, _slots[(int)(_filled % _slots.Length)]);
        Volatile.Write(ref _filled, _filled + 1);
    }
}

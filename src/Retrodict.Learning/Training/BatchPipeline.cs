using System.Runtime.ExceptionServices;

namespace Retrodict.Learning;

/// <summary>
/// Batches in order, filled ahead on a thread of its own or when they are asked for. Since a batch depends on its step alone, both give the same bits.
/// </summary>
internal sealed class BatchPipeline : IDisposable
{
    private const int Ahead = 4;

    // Waking a thread costs some microseconds, so places are given back in twos.
    private const int Together = Ahead / 2;

    private readonly IBatchSource _source;
    private readonly TrainingBatch[] _slots;
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _ready = new(0);
    private readonly Thread? _thread;
    private readonly long _end;
    private long _next;
    private int _returned;
    private volatile bool _stopped;
    private ExceptionDispatchInfo? _failure;

    public BatchPipeline(IBatchSource source, TrainingObjective objective, long first, long end, bool prefetch)
    {
        _source = source;
        _next = first;
        _end = end;
        _slots = new TrainingBatch[prefetch ? Ahead : 1];
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new TrainingBatch(objective.Data);
        }

        _free = new SemaphoreSlim(Ahead);
        if (prefetch && first < end)
        {
            _thread = new Thread(FillAll) { IsBackground = true, Name = "Retrodict batches" };
            _thread.Start(first);
        }
    }

    /// <summary>The next step's batch; it is valid until the next call.</summary>
    public TrainingBatch Take()
    {
        TrainingBatch batch = _slots[(int)(_next % _slots.Length)];
        if (_thread is null)
        {
            _source.Fill(_next, batch);
        }
        else
        {
            _ready.Wait();
            _failure?.Throw();
        }

        _next++;
        return batch;
    }

    /// <summary>Says that the batch taken last has been used.</summary>
    public void Return()
    {
        if (_thread is not null && ++_returned == Together)
        {
            _returned = 0;
            _free.Release(Together);
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _free.Release();
        _thread?.Join();
        _free.Dispose();
        _ready.Dispose();
    }

    private void FillAll(object? first)
    {
        try
        {
            for (long step = (long)first!; step < _end; step++)
            {
                _free.Wait();
                if (_stopped)
                {
                    return;
                }

                _source.Fill(step, _slots[(int)(step % _slots.Length)]);
                _ready.Release();
            }
        }
        catch (Exception failure)
        {
            // The training thread throws it when it comes to this batch.
            _failure = ExceptionDispatchInfo.Capture(failure);
            _ready.Release();
        }
    }
}

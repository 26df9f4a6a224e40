namespace Retrodict.Learning;

/// <summary>Where a training's batches come from.</summary>
public interface IBatchSource
{
    /// <summary>
    /// Fills the data of a step. What it writes must depend on the step alone (and on the source's own seed), because a training that goes
    /// on from a checkpoint begins in the middle. Calls come one at a time and in order, but most of them from another thread, while a step
    /// before trains.
    /// </summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="batch">Receives the data; every element must be written, since the memory is used again.</param>
    void Fill(long step, TrainingBatch batch);
}

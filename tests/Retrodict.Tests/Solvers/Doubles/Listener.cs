namespace Retrodict.Tests.Solvers;

/// <summary>Progress that is told at once, on the solving thread.</summary>
internal sealed class Listener(Action<IterationRecord> listen) : IProgress<IterationRecord>
{
    public void Report(IterationRecord value) => listen(value);
}

namespace Retrodict.Cli.Solving;

/// <summary>Somebody who watches a run.</summary>
internal interface IProgressCounter
{
    /// <summary>How often to tell; null for never.</summary>
    TimeSpan? Interval { get; }

    void Show(int finished);
}

using System.Diagnostics;
using System.Globalization;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Rendering;

/// <summary>One line on the error stream that counts up, where somebody watches and it takes long enough to be read.</summary>
internal sealed class ProgressLine : IProgress<int>, IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly Terminal _terminal;
    private readonly int _total;
    private bool _shown;

    private ProgressLine(Terminal terminal, int total) => (_terminal, _total) = (terminal, total);

    /// <summary>A line for so many instances; null where nobody watches.</summary>
    public static ProgressLine? Begin(Terminal terminal, Settings settings, int total) =>
        terminal.ShowsProgress && !settings.Quiet ? new ProgressLine(terminal, total) : null;

    public void Report(int value)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_begin);
        if (elapsed < _patience)
        {
            return;
        }

        string left = value > 0 ? $", {Format.Seconds(elapsed * ((double)(_total - value) / value))} left" : "";
        _terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value} of {_total} instances{left}   "));
        _terminal.Error.Flush();
        _shown = true;
    }

    public void Clear()
    {
        if (_shown)
        {
            _terminal.Error.Write("\r" + new string(' ', 60) + "\r");
            _terminal.Error.Flush();
            _shown = false;
        }
    }

    public void Dispose() => Clear();
}

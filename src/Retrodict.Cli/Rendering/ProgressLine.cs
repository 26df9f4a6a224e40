using System.Diagnostics;
using System.Globalization;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Cli.Solving;

namespace Retrodict.Cli.Rendering;

/// <summary>One line on the error stream that counts up, where somebody watches and it takes long enough to be read.</summary>
internal sealed class ProgressLine(Terminal terminal, Settings settings, int total) : IProgressCounter, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly long _begin = Stopwatch.GetTimestamp();
    private bool _shown;

    public TimeSpan? Interval => terminal.ShowsProgress && !settings.Quiet ? _interval : null;

    public void Show(int finished)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_begin);
        if (elapsed < _patience)
        {
            return;
        }

        string left = finished > 0 ? $", {Format.Seconds(elapsed * ((double)(total - finished) / finished))} left" : "";
        terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{finished} of {total} instances{left}   "));
        terminal.Error.Flush();
        _shown = true;
    }

    public void Clear()
    {
        if (_shown)
        {
            terminal.Error.Write("\r" + new string(' ', 60) + "\r");
            terminal.Error.Flush();
            _shown = false;
        }
    }

    public void Dispose() => Clear();
}

using System.Text;

namespace Retrodict.Cli.Hosting;

/// <summary>Where output goes and what may be done there.</summary>
/// <param name="Output">Data.</param>
/// <param name="Error">Everything else.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    private const int RedirectedWidth = 100;
    private const int MaxWidth = 120;

    /// <summary>Whether color may be used on the output.</summary>
    public bool Color { get; init; }

    /// <summary>Whether progress may be drawn on the error stream.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Opens what is piped in.</summary>
    public Func<Stream> Input { get; init; } = () => Stream.Null;

    /// <summary>Characters a line.</summary>
    public int Width { get; init; } = RedirectedWidth;

    /// <summary>Whether errors come with stack traces.</summary>
    public bool Trace { get; init; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        bool plain = Console.IsOutputRedirected
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            || Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new Terminal(Writer(Console.OpenStandardOutput()), Writer(Console.OpenStandardError()))
        {
            Input = Console.OpenStandardInput,
            Color = !plain,
            ShowsProgress = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = Console.IsOutputRedirected ? RedirectedWidth : WindowWidth(),
            Trace = Environment.GetEnvironmentVariable("RETRODICT_TRACE") == "1",
        };
    }

    private static StreamWriter Writer(Stream stream)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
    }

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is var width and > 0 ? Math.Clamp(width - 1, 40, MaxWidth) : RedirectedWidth;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return RedirectedWidth;
        }
    }
}

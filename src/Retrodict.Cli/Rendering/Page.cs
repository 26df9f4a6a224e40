using System.Globalization;
using System.Text;
using Retrodict.Cli.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Retrodict.Cli.Rendering;

/// <summary>Where reports are written: a stream with a width, in color or as plain text without an escape code.</summary>
internal sealed class Page
{
    /// <summary>Below this, tables are left to the terminal to break: squeezed ones cannot be read.</summary>
    private const int MinWidth = 79;

    private readonly TextWriter _target;
    private readonly StringBuilder _buffer = new();
    private readonly IAnsiConsole _console;

    private Page(TextWriter target, bool color, int width)
    {
        _target = target;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new StringWriter(_buffer, CultureInfo.InvariantCulture)),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        Width = Math.Max(width, MinWidth);
        _console.Profile.Width = Width;
        _console.Profile.Capabilities.Unicode = true;
    }

    public int Width { get; }

    public static Style Quiet { get; } = new(decoration: Decoration.Dim);

    public static Style Good { get; } = new(Color.Green);

    public static Style Bad { get; } = new(Color.Red);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Page For(Terminal terminal) => new(terminal.Output, terminal.Color, terminal.Width);

    public static Page ForLog(Terminal terminal) => new(terminal.Error, color: false, terminal.Width);

    /// <summary>A table without frame, its columns given by title and alignment.</summary>
    public static Table Table(params ReadOnlySpan<(string Title, Justify Alignment)> columns)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = columns.ToArray().Any(column => column.Title.Length > 0) };
        foreach ((string title, Justify alignment) in columns)
        {
            table.AddColumn(
                new TableColumn(new Text(title, Strong)) { Alignment = alignment, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    public void Line(string text = "", Style? style = null) => Write(new Text(text + "\n", style));

    public void Line(params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        var line = new Paragraph();
        foreach ((string text, Style? style) in parts)
        {
            line.Append(text, style);
        }

        Write(line.Append("\n"));
    }

    /// <summary>Writes a part of the page, without the blanks that fill up lines.</summary>
    public void Write(IRenderable part)
    {
        _console.Write(part);
        string[] lines = _buffer.ToString().Split('\n');
        _buffer.Clear();
        for (int i = 0; i < lines.Length - 1; i++)
        {
            _target.WriteLine(lines[i].TrimEnd());
        }

        _target.Write(lines[^1].TrimEnd());
    }
}

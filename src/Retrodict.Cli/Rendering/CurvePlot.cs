using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>A curve as columns of block characters, with points of a second curve on top of them.</summary>
internal static class CurvePlot
{
    private const int Height = 8;
    private const int Levels = 8;
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private const char Point = '●';
    private const int LabelWidth = 7;

    private static readonly Style _column = new(Color.Blue);
    private static readonly Style _point = new(Color.Yellow);

    public static void Write(Page page, ReadOnlySpan<double> columns, ReadOnlySpan<double> points, double low, double high)
    {
        int shown = Math.Min(columns.Length, page.Width - LabelWidth - 4);
        for (int row = Height - 1; row >= 0; row--)
        {
            string label = row == Height - 1 ? Format.Exact(Math.Round(high, 3)) : row == 0 ? Format.Exact(Math.Round(low, 3)) : "";
            var line = new List<(string, Style?)> { (label.PadLeft(LabelWidth) + " │", Page.Quiet) };
            for (int c = 0; c < shown; c++)
            {
                int i = (int)((long)c * columns.Length / shown);
                bool isPoint = points.Length > 0 && Math.Clamp(
                    (int)Math.Floor(Height * Fraction(points[i], low, high)),
                    0,
                    Height - 1) == row;
                int fill = Math.Clamp((int)Math.Round(Height * Levels * Fraction(columns[i], low, high)) - (row * Levels), 0, Levels);
                line.Add(isPoint ? (Point.ToString(), _point) : (Blocks[fill].ToString(), _column));
            }

            page.Line([.. line]);
        }

        string last = Format.Integer(columns.Length - 1);
        page.Line($"{new string(' ', LabelWidth + 2)}0{last.PadLeft(shown - 1)}", Page.Quiet);
    }

    private static double Fraction(double value, double low, double high) =>
        high > low ? Math.Clamp((value - low) / (high - low), 0, 1) : 0;
}

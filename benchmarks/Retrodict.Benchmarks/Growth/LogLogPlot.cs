using System.Globalization;
using System.Text;

namespace Retrodict.Benchmarks;

/// <summary>Lines over two logarithmic axes as SVG: ticks at powers of two on the first, at powers of ten on the second, and a legend
/// beside.</summary>
/// <param name="xLabel">What the first axis shows, with its unit.</param>
/// <param name="yLabel">What the second axis shows, with its unit.</param>
/// <param name="lines">Names and points, positive in both coordinates.</param>
internal sealed class LogLogPlot(string xLabel, string yLabel, IReadOnlyList<(string Name, List<(double X, double Y)> Points)> lines)
{
    private const double Left = 80;
    private const double Top = 20;
    private const double Width = 460;
    private const double Height = 380;
    private const double LegendWidth = 220;

    // Okabe and Ito's palette, told apart without red and green; shapes tell them apart in print.
    private static readonly string[] _colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    private readonly StringBuilder _svg = new();
    private double _left;
    private double _right;
    private double _bottom;
    private double _top;

    public string ToSvg()
    {
        (double X, double Y)[] all = [.. lines.SelectMany(line => line.Points)];
        (_left, _right) = (Math.Floor(Math.Log2(all.Min(p => p.X))), Math.Ceiling(Math.Log2(all.Max(p => p.X))));
        (_bottom, _top) = (Math.Floor(Math.Log10(all.Min(p => p.Y))), Math.Ceiling(Math.Log10(all.Max(p => p.Y))));
        double fullWidth = Left + Width + LegendWidth;
        double fullHeight = Top + Height + 60;
        _svg.Clear();
        string size = FormattableString.Invariant(
            $"width=\"{fullWidth}\" height=\"{fullHeight}\" viewBox=\"0 0 {fullWidth} {fullHeight}\"");
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} font-family=\"sans-serif\" font-size=\"13\">");
        Add($"<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        Axes();
        for (int k = 0; k < lines.Count; k++)
        {
            Line(k);
        }

        Add($"</svg>");
        return _svg.ToString();
    }

    private void Axes()
    {
        for (double tick = _left; tick <= _right; tick++)
        {
            double x = AtX(Math.Pow(2, tick));
            Add($"<path d=\"M{x:F1} {Top}V{Top + Height}\" stroke=\"#dddddd\"/>");
            Add($"<text x=\"{x:F1}\" y=\"{Top + Height + 18}\" text-anchor=\"middle\">{Math.Pow(2, tick)}</text>");
        }

        for (double tick = _bottom; tick <= _top; tick++)
        {
            double y = AtY(Math.Pow(10, tick));
            Add($"<path d=\"M{Left} {y:F1}H{Left + Width}\" stroke=\"#dddddd\"/>");
            Add($"<text x=\"{Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{Math.Pow(10, tick):G6}</text>");
        }

        Add($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width}\" height=\"{Height}\" fill=\"none\" stroke=\"black\"/>");
        Add($"<text x=\"{Left + (Width / 2)}\" y=\"{Top + Height + 44}\" text-anchor=\"middle\">{xLabel}</text>");
        Add($"<text transform=\"translate(22 {Top + (Height / 2)}) rotate(-90)\" text-anchor=\"middle\">{yLabel}</text>");
    }

    private void Line(int k)
    {
        (string name, List<(double X, double Y)> points) = lines[k];
        string color = _colors[k % _colors.Length];
        string path = string.Join(' ', points.Select(p => FormattableString.Invariant($"{AtX(p.X):F1},{AtY(p.Y):F1}")));
        Add($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>");
        foreach ((double x, double y) in points)
        {
            Mark(k, AtX(x), AtY(y), color);
        }

        double legend = Top + 20 + (24 * k);
        double start = Left + Width + 16;
        Add($"<path d=\"M{start} {legend}h26\" stroke=\"{color}\" stroke-width=\"2\"/>");
        Mark(k, start + 13, legend, color);
        Add($"<text x=\"{start + 34}\" y=\"{legend + 4}\">{name}</text>");
    }

    private void Mark(int k, double x, double y, string color)
    {
        switch (k % 3)
        {
            case 0:
                Add($"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"4\" fill=\"{color}\"/>");
                break;
            case 1:
                Add($"<rect x=\"{x - 4:F1}\" y=\"{y - 4:F1}\" width=\"8\" height=\"8\" fill=\"{color}\"/>");
                break;
            default:
                Add($"<path d=\"M{x:F1} {y - 5:F1}l5 9h-10z\" fill=\"{color}\"/>");
                break;
        }
    }

    private double AtX(double x) => Left + (Width * (Math.Log2(x) - _left) / Math.Max(1, _right - _left));

    private double AtY(double y) => Top + (Height * (_top - Math.Log10(y)) / Math.Max(1, _top - _bottom));

    private void Add(FormattableString element) => _svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Retrodict.Tests.Solvers.Nist;

/// <summary>A data set of NIST's Statistical Reference Datasets for nonlinear regression, read from its file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Model">The model as the file prints it, such as <c>y = b1*(1-exp(-b2*x))</c>, with parentheses for brackets and without the
/// error term.</param>
/// <param name="Parameters">Starts and certified values.</param>
/// <param name="ResidualSumOfSquares">Certified.</param>
/// <param name="ResidualStandardDeviation">Certified.</param>
/// <param name="Columns">The data, with the names that the model gives them.</param>
public sealed partial record NistDataSet(
    string Name,
    string Model,
    IReadOnlyList<NistParameter> Parameters,
    double ResidualSumOfSquares,
    double ResidualStandardDeviation,
    IReadOnlyList<(string Name, double[] Values)> Columns)
{
    /// <summary>As the certified sum of squares and standard deviation have it; Rat43's file prints 9 where 15 rows and 4 parameters leave
    /// 11.</summary>
    public int DegreesOfFreedom => (int)Math.Round(ResidualSumOfSquares / (ResidualStandardDeviation * ResidualStandardDeviation));

    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder(), "*.dat").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static NistDataSet Read(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder(), $"{name}.dat"));
        (int first, int last) = Lines(lines, "Certified Values");
        (int firstRow, int lastRow) = Lines(lines, "Data");
        string[] certified = lines[(first - 1)..last];
        string[] names = lines[firstRow - 2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        double[][] rows = [.. lines[(firstRow - 1)..lastRow].Select(Numbers)];
        return new NistDataSet(
            name,
            ModelOf(lines),
            [.. certified.Where(line => line.Contains('=')).Select(ParameterOf)],
            Certified(certified, "Residual Sum of Squares:"),
            Certified(certified, "Residual Standard Deviation:"),
            [.. names.Select((column, i) => (column, rows.Select(row => row[i]).ToArray()))]);
    }

    /// <summary>The start of a number, 1 or 2.</summary>
    public IReadOnlyList<(string Name, double Value)> Start(int number) =>
        [.. Parameters.Select(parameter => (parameter.Name, number == 1 ? parameter.Start1 : parameter.Start2))];

    private static string ModelOf(string[] lines)
    {
        int model = Array.FindIndex(lines, line => line.StartsWith("Model:", StringComparison.Ordinal));
        int begin = Array.FindIndex(
            lines, model, line => line.Contains('=') && !line.TrimStart().StartsWith("pi", StringComparison.Ordinal));
        string text = string.Join(' ', lines.Skip(begin).TakeWhile(line => line.Trim().Length > 0).Select(line => line.Trim()));
        return ErrorTerm().Replace(text.Replace('[', '(').Replace(']', ')'), "");
    }

    private static NistParameter ParameterOf(string line)
    {
        string[] sides = line.Split('=');
        double[] numbers = Numbers(sides[1]);
        return new NistParameter(sides[0].Trim(), numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static double Certified(string[] lines, string title) =>
        Numbers(lines.Single(line => line.StartsWith(title, StringComparison.Ordinal))[title.Length..]).Single();

    /// <summary>Where the head of the file says that something stands, from line to line.</summary>
    private static (int First, int Last) Lines(string[] lines, string title)
    {
        Match match = lines.Take(10).Select(line => LineRange().Match(line)).First(
            match => match.Success && match.Groups[1].Value.StartsWith(title, StringComparison.Ordinal));
        return (
            int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex(@"^\s*(?:File Format:\s+ASCII)?\s*(\S.*?)\s*\(lines\s+(\d+)\s+to\s+(\d+)\)")]
    private static partial Regex LineRange();

    [GeneratedRegex(@"\s*\+\s*e\s*$")]
    private static partial Regex ErrorTerm();
}

/// <summary>A parameter of such a data set.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Start1">The far start.</param>
/// <param name="Start2">The near one.</param>
/// <param name="Certified">The certified estimate, to 11 digits.</param>
/// <param name="StandardDeviation">The certified standard deviation of the estimate.</param>
public sealed record NistParameter(string Name, double Start1, double Start2, double Certified, double StandardDeviation);

using System.Globalization;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Options;

/// <summary>How option values are read: independent of the machine's culture, and with errors that say what would be right.</summary>
internal static class ValueParsers
{
    private const double MostSeconds = 1e9;
    private const int MostThreads = 1024;

    public static string Text(string option, string text) =>
        text.Length > 0 ? text : throw new UsageException($"{option} has an empty value");

    public static ulong Seed(string option, string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw Wrong(option, text, "a whole number from 0 to 18446744073709551615");

    /// <summary>As many threads as are asked for, but no more than there are processors: others would only take turns.</summary>
    public static int Threads(string option, string text) =>
        Math.Min(Environment.ProcessorCount, Count(MostThreads)(option, text)!.Value);

    /// <summary>A whole number from 1 to the most.</summary>
    public static ValueParser<int?> Count(int most) => (option, text) => Whole(option, text, 1, most);

    /// <summary>A whole number from 0 to the most.</summary>
    public static ValueParser<int?> Limit(int most) => (option, text) => Whole(option, text, 0, most);

    public static double? Threshold(string option, string text) => Number(text) is { } value and >= 0 && double.IsFinite(value)
        ? value
        : throw Wrong(option, text, "a number, 0 or more, with a decimal point");

    public static double? Size(string option, string text) =>
        Number(text) is { } value and > 0 && double.IsFinite(value) && value * value > 0 && double.IsFinite(value * value)
            ? value
            : throw Wrong(option, text, "a number greater than 0, with a decimal point");

    public static TimeSpan? Seconds(string option, string text) => Number(text) is { } value and > 0 and <= MostSeconds
        ? TimeSpan.FromSeconds(value)
        : throw Wrong(option, text, "a number of seconds greater than 0 and at most 1e9, with a decimal point");

    public static Box Bounds(string option, string text)
    {
        if (text == "none")
        {
            return Box.Unbounded;
        }

        string[] parts = text.Split(',');
        return parts.Length == 2 && Number(parts[0]) is { } lower && Number(parts[1]) is { } upper && lower <= upper
            ? new Box(lower, upper)
            : throw Wrong(option, text, "'lower,upper' with lower <= upper (decimal points; -inf and inf for no bound), or 'none'");
    }

    public static string OutputFile(string option, string text) => OutputFile(option, text, ".npz");

    public static string OutputModel(string option, string text) => OutputFile(option, text, ".safetensors");

    public static string OutputCsvFile(string option, string text) => OutputFile(option, text, ".csv");

    private static string OutputFile(string option, string text, string ending)
    {
        string full = Path.GetFullPath(Text(option, text));
        string folder = Path.GetDirectoryName(full) ?? full;
        string accepted = $"the path of a file that ends in {ending}";
        return Directory.Exists(full) ? throw new UsageException($"{option} is '{text}', which is a folder; it must be {accepted}")
            : !Directory.Exists(folder) ? throw new UsageException($"{option} is '{text}', but the folder '{folder}' does not exist")
            : !text.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? throw Wrong(option, text, accepted)
            : text;
    }

    public static ValueParser<T> OneOf<T>(params (string Name, T Value)[] choices) => (option, text) =>
    {
        foreach ((string name, T value) in choices)
        {
            if (name == text)
            {
                return value;
            }
        }

        string[] names = [.. choices.Select(choice => choice.Name)];
        string accepted = names.Length == 1 ? $"'{names[0]}', the only one there is" : $"one of {string.Join(", ", names)}";
        throw Wrong(option, text, accepted + (NearestName.Find(text, names) is { } nearest ? $"; did you mean '{nearest}'?" : ""));
    };

    public static BenchmarkProblem Problem(string option, string text)
    {
        try
        {
            return ProblemCatalogue.Find(text);
        }
        catch (KeyNotFoundException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }

    /// <summary>One of some names, as a list.</summary>
    public static ValueParser<IReadOnlyList<string>> SingleOf(IReadOnlyList<string> names)
    {
        ValueParser<string> one = OneOf([.. names.Select(name => (name, name))]);
        return (option, text) => [one(option, text)];
    }

    /// <summary>Some of some names, with commas between them, none twice.</summary>
    public static ValueParser<IReadOnlyList<string>> ListOf(IReadOnlyList<string> names)
    {
        ValueParser<string> one = OneOf([.. names.Select(name => (name, name))]);
        return (option, text) =>
        {
            string[] list = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(name => one(option, name))];
            return list.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw new UsageException($"{option} names {twice.Key} twice")
                : list;
        };
    }

    private static UsageException Wrong(string option, string text, string accepted) => new($"{option} is '{text}'; it must be {accepted}");

    private static int Whole(string option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw Wrong(option, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    private static double? Number(string text) => text.Trim() switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : null,
    };
}

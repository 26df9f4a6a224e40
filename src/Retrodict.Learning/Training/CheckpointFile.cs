using System.Globalization;

namespace Retrodict.Learning;

/// <summary>What the trainings of several stages do with the files of their checkpoints.</summary>
internal static class CheckpointFile
{
    public static IReadOnlyList<string> Existing(IEnumerable<string?> paths) => [.. paths.OfType<string>().Where(File.Exists)];

    public static void Delete(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            File.Delete(path);
        }
    }

    /// <summary>What a model's training is called by.</summary>
    public static Dictionary<string, string> Identity(string problem, ulong seed, Architecture architecture) => new(StringComparer.Ordinal)
    {
        ["problem"] = problem,
        ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        ["architecture"] = architecture.Name,
    };
}

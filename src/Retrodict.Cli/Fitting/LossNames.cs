namespace Retrodict.Cli.Fitting;

/// <summary>The losses by name.</summary>
internal static class LossNames
{
    /// <summary>Plain least squares.</summary>
    public const string Linear = "linear";

    public static IReadOnlyList<string> All { get; } = [Linear];
}

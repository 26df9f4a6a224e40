namespace Retrodict.Cli.Options;

/// <summary>The most that options may ask for: far above any use, so that a slip of some digits is told at once.</summary>
internal static class Most
{
    public const int Steps = 1_000_000_000;
    public const int Rows = 100_000_000;
    public const int Remembered = 10_000;
}

namespace Retrodict.Cli.Hosting;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failure = 1;
    public const int WrongUsage = 2;
    public const int NotAllConverged = 3;
    public const int Cancelled = 130;
}

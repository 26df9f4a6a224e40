namespace Retrodict.Cli.Solving;

/// <summary>The values of <c>--stop</c>.</summary>
internal enum StopChoice
{
    Default,
    Tolerance,
    Discrepancy,
}

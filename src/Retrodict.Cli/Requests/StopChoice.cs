namespace Retrodict.Cli.Requests;

/// <summary>The values of <c>--stop</c>.</summary>
internal enum StopChoice
{
    Default,
    Tolerance,
    Discrepancy,
}

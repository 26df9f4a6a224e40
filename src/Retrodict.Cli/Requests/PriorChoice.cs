namespace Retrodict.Cli.Requests;

/// <summary>The values of <c>--prior</c>.</summary>
internal enum PriorChoice
{
    Gaussian,
    None,
}

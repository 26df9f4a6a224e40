namespace Retrodict.Cli.Solving;

/// <summary>The values of <c>--prior</c>.</summary>
internal enum PriorChoice
{
    Gaussian,
    None,
}

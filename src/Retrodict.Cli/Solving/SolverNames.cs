namespace Retrodict.Cli.Solving;

/// <summary>The methods by name.</summary>
internal static class SolverNames
{
    public const string GaussNewton = "gauss-newton";

    public static IReadOnlyList<string> All { get; } = [GaussNewton];

    public static Solver Create(string name) => name switch
    {
        GaussNewton => new GaussNewton(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such solver."),
    };
}

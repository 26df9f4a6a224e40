using System.Text;
using Retrodict.Catalogue;

namespace Retrodict.Cli.Rendering;

/// <summary>Names as the outside sees them: kebab-case.</summary>
internal static class Names
{
    /// <summary>Status names by code.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [.. Enum.GetNames<SolveStatus>().Select(Kebab)];

    /// <summary>Criterion names by code.</summary>
    public static IReadOnlyList<string> Criteria { get; } = [.. Enum.GetNames<StoppingCriterion>().Select(Kebab)];

    public static string Of(SolveStatus status) => Statuses[(int)status];

    public static string Of(StoppingCriterion criterion) => Criteria[(int)criterion];

    public static string Of(Split split) => Kebab(split.ToString());

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}

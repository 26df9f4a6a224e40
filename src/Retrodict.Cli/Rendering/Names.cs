using System.Text;
using Retrodict.Catalogue;
using Retrodict.Learning;

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

    public static string Of(SafeguardReason reason) => Kebab(reason.ToString());

    public static string Of(PullBackForm form) => Kebab(form.ToString());

    public static string Of(JacobianPenalty penalty) => Kebab(penalty.ToString());

    /// <summary>Reasons with how often each was met.</summary>
    public static string Of(IReadOnlyDictionary<SafeguardReason, int> reasons) =>
        reasons.Count == 0 ? "" : string.Join(", ", reasons.Select(reason => $"{Format.Integer(reason.Value)} {Of(reason.Key)}"));

    public static string Of(CombinationKind kind) => Kebab(kind.ToString());

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

using System.Text;
using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Cli.Rendering;

/// <summary>Names as the outside sees them: kebab-case.</summary>
internal static class Names
{
    /// <summary>Names of the statuses that a solve can end with, by code in files.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [.. Enum.GetNames<SolveStatus>().Skip(1).Select(Kebab)];

    /// <summary>Criterion names by code.</summary>
    public static IReadOnlyList<string> Criteria { get; } = [.. Enum.GetNames<StoppingCriterion>().Select(Kebab)];

    /// <summary>The code of a status in files, which has none for solves that did not take place.</summary>
    public static int Code(SolveStatus status) => (int)status - (int)SolveStatus.Converged;

    public static string Of(SolveStatus status) => Kebab(status.ToString());

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

using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>Which training a checkpoint belongs to: in words, and by what its first step sees.</summary>
internal sealed class CheckpointOwner
{
    private const string IdentityPrefix = "identity.";
    private const string FirstStepName = "first_step";
    private const string Separator = "; ";

    private readonly FirstStep _first;

    public CheckpointOwner(string kind, TrainingOptions options, TrainingObjective objective, FirstStep first)
    {
        _first = first;
        Metadata = new Dictionary<string, string>(
            options.Identity.Select(pair => KeyValuePair.Create(IdentityPrefix + pair.Key, pair.Value)), StringComparer.Ordinal)
        {
            ["format"] = kind,
            ["options"] = options.Describe(),
            ["parameters"] = string.Join(Separator, objective.Trainable.Parameters),
            ["objective"] = $"{objective.Function.Name}: {string.Join(Separator, objective.Data)}: "
                + $"{string.Join(Separator, objective.Function.Outputs)}",
        };
    }

    public Dictionary<string, string> Metadata { get; }

    public SafetensorsTensor FirstStep => new(FirstStepName, [_first.Numbers.Length], (ReadOnlySpan<double>)_first.Numbers);

    /// <summary>What tells a file's training from this one; null if it is the same.</summary>
    public string? Difference(SafetensorsFile file)
    {
        foreach (string name in Metadata.Keys.Union(file.Metadata.Keys.Where(IsIdentity)))
        {
            (string found, string here) = (Text(file.Metadata, name), Text(Metadata, name));
            if (found != here)
            {
                (found, here) = Differing(found, here);
                return $"{Named(name)} there is {Quoted.Name(found)}, of this training it is {Quoted.Name(here)}";
            }
        }

        return _first.IsLike(new FirstStep(file[FirstStepName].ToDouble()))
            ? null
            : "loss and gradient of its first step are others, so seed, data, sampler, basis, start or forward model is another";
    }

    private static bool IsIdentity(string name) => name.StartsWith(IdentityPrefix, StringComparison.Ordinal);

    private static string Named(string name) =>
        IsIdentity(name) ? $"the {name[IdentityPrefix.Length..]}" : $"what stands under {name}";

    private static string Text(IReadOnlyDictionary<string, string> metadata, string name) => metadata.GetValueOrDefault(name, "nothing");

    /// <summary>Of two lists, only the parts that differ.</summary>
    private static (string Found, string Here) Differing(string found, string here)
    {
        (string[] first, string[] second) = (found.Split(Separator), here.Split(Separator));
        if (first.Length != second.Length)
        {
            return (found, here);
        }

        var parts = first.Zip(second).Where(pair => pair.First != pair.Second).ToArray();
        return (string.Join(Separator, parts.Select(pair => pair.First)), string.Join(Separator, parts.Select(pair => pair.Second)));
    }
}

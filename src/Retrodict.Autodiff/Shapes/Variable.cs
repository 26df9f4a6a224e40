namespace Retrodict.Autodiff;

/// <summary>An input or output of a <see cref="Function"/>: its name and shape.</summary>
/// <param name="Name">The name, unique among the function's inputs or outputs.</param>
/// <param name="Shape">The shape.</param>
public sealed record Variable(string Name, Shape Shape)
{
    /// <summary>The position of a name among variables.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name; the message lists those there are.</exception>
    internal static int IndexOf(IReadOnlyList<Variable> variables, string name, string kind)
    {
        for (int i = 0; i < variables.Count; i++)
        {
            if (variables[i].Name == name)
            {
                return i;
            }
        }

        throw new KeyNotFoundException(
            $"There is no {kind} called '{name}'; there are: {string.Join(", ", variables.Select(v => v.Name))}.");
    }

    /// <summary>The variable as text, for instance <c>x: [64]</c>.</summary>
    public override string ToString() => $"{Name}: {Shape}";
}

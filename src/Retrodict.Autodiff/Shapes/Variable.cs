namespace Retrodict.Autodiff;

/// <summary>An input or output of a <see cref="Function"/>: its name and shape.</summary>
/// <param name="Name">The name, unique among the function's inputs or outputs.</param>
/// <param name="Shape">The shape.</param>
public sealed record Variable(string Name, Shape Shape)
{
    /// <summary>The variable as text, for instance <c>x: [64]</c>.</summary>
    public override string ToString() => $"{Name}: {Shape}";
}

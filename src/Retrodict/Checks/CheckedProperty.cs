namespace Retrodict;

/// <summary>One property of a model that was measured.</summary>
/// <param name="Name">What it is, in kebab-case, for instance <c>adjoint</c>.</param>
/// <param name="Description">What was compared, in a line.</param>
/// <param name="Error">The largest error found; NaN where something was not finite.</param>
/// <param name="Limit">What the error may be.</param>
public sealed record CheckedProperty(string Name, string Description, double Error, double Limit)
{
    /// <summary>Whether the error is a number within the limit.</summary>
    public bool Passed => Error <= Limit;
}

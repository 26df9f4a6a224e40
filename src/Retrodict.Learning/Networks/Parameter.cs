using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>A tensor that training changes.</summary>
/// <param name="Name">
/// The name; inside a layer <c>weight</c>, inside a network with the path of its layers in front, <c>network.0.weight</c>.
/// </param>
/// <param name="Shape">The shape.</param>
/// <param name="Initializer">What it holds before training.</param>
public sealed record Parameter(string Name, Shape Shape, Initializer Initializer)
{
    /// <summary>The parameter as text, for instance <c>network.0.weight: [128, 64]</c>.</summary>
    public override string ToString() => $"{Name}: {Shape}";
}

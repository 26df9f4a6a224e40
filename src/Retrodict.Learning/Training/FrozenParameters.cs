namespace Retrodict.Learning;

/// <summary>Parameters that a training reads but does not change, such as those of a network trained before.</summary>
/// <param name="Layout">Their names and places.</param>
/// <param name="Values">The flat vector.</param>
public sealed record FrozenParameters(ParameterLayout Layout, ReadOnlyMemory<float> Values);

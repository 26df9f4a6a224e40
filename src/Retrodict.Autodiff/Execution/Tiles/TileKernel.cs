namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Computes a span of results from spans of up to three operands. An operand of one element stands for that element everywhere.
/// The result may be one of the operands. An element's bits depend neither on its position nor on the length.
/// </summary>
internal delegate void TileKernel<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> result);

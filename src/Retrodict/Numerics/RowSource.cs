namespace Retrodict;

/// <summary>Writes one row of what a <see cref="RowMap"/> runs on.</summary>
/// <param name="row">The row, from 0.</param>
/// <param name="input">Receives its numbers.</param>
public delegate void RowSource(int row, Span<double> input);

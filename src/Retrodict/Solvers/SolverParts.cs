namespace Retrodict.Solvers;

/// <summary>The parts of a method that the loop runs.</summary>
internal sealed record SolverParts(Direction Direction, Globaliser Globaliser);

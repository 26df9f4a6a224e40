using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <summary>
/// One operation of a program in single-assignment form: variables are numbered, inputs first, then the results of each node in order.
/// </summary>
/// <param name="Primitive">What is computed.</param>
/// <param name="Operands">Numbers of the variables it reads.</param>
/// <param name="FirstResult">Number of its first result; the others follow.</param>
/// <param name="ResultCount">How many results it has.</param>
internal readonly record struct Node(Primitive Primitive, int[] Operands, int FirstResult, int ResultCount);

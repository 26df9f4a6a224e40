namespace Retrodict.Autodiff.Execution;

/// <summary>A run of elements in one of a workspace's buffers.</summary>
/// <param name="Buffer">Number of the buffer (see <see cref="Workspace{T}"/>).</param>
/// <param name="Offset">First element, counted from the buffer's base.</param>
/// <param name="Length">Number of elements.</param>
internal readonly record struct Window(int Buffer, int Offset, int Length);

/// <summary>Where a node's operands and results live, and their shapes.</summary>
/// <param name="Label">Writes how the step prints.</param>
/// <param name="Operands">Windows of the operands.</param>
/// <param name="OperandShapes">Shapes of the operands.</param>
/// <param name="Results">Windows of the results.</param>
/// <param name="ResultShapes">Shapes of the results.</param>
/// <param name="Options">How the plan is compiled, for bodies that the node carries.</param>
/// <param name="Constants">The elements of operands that are constants, null for others; null if no operand is one.</param>
internal sealed record Storage(
    Func<string> Label, Window[] Operands, Shape[] OperandShapes, Window[] Results, Shape[] ResultShapes, PlanOptions Options,
    double[]?[]? Constants = null);

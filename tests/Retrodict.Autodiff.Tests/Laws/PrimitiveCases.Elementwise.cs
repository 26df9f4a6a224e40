using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>Elementwise functions.</content>
internal static partial class PrimitiveCases
{
    private static Shape[][][] OperandShapes =>
    [
        [[[]], [[7]], [[2, 1, 3]], [[0]]],
        [[[], []], [[5], [5]], [[3, 4], [4]], [[3, 1], [1, 4]], [[], [2, 3]], [[2, 1, 3, 1], [3, 1, 2]], [[3, 0], [3, 1]]],
        [[[], [], []], [[4], [4], [4]], [[2, 1], [3], []]],
    ];

    /// <summary>Every row of the table of operations, for operands of several shapes.</summary>
    private static IEnumerable<PrimitiveCase> Elementwise() =>
        Operations.All.SelectMany(operation => OperandShapes[operation.Arity - 1].Select(
        shapes => new PrimitiveCase(
            $"{operation.Name} {string.Join(" ", shapes.Select(shape => shape.ToString()))}", [operation.Primitive],
            [.. shapes.Zip(operation.Domains)], x => [operation.Apply([.. x])], operation.HasTrueDerivatives)));

    private static IEnumerable<PrimitiveCase> Compositions()
    {
        foreach (Shape shape in (Shape[])[[], [7], [2, 1, 3], [0]])
        {
            yield return Plain($"constants {shape}", typeof(Literal), [shape], x => (3 * x[0]) + (1.5 - (x[0] / 2)) - 0.25);
        }

        yield return Plain("multiply by itself", typeof(Multiply), [[3]], x => x[0] * x[0] * x[0]);
        yield return Case(
            "reciprocal of a sum", typeof(Reciprocal), [([7], Domain.AwayFromZero)], x => Value.Reciprocal((x[0] * x[0]) + 0.5));
        (Shape, Domain)[] two = [([2, 3], Domain.Apart), ([3], Domain.Between)];
        yield return Case("select a branch", typeof(Select), two, x => Value.Select(x[0] < x[1], Value.Sin(x[0]), x[0] * x[1]));
        yield return Case(
            "select scalar", typeof(Select), [([], Domain.Apart), ([], Domain.Between)], x => Value.Select(x[0] < x[1], x[0] * x[0], x[1]));
        yield return Case("select one branch constant", typeof(Select), two, x => Value.Select(x[0] < x[1], Value.Exp(x[0]), 2));
        yield return Case("select mask alone", typeof(Select), [([4], Domain.Apart)], x => Value.Select(x[0] > 0, 1, -1) * x[0]);
        yield return Case(
            "select broadcasting", typeof(Select), [([2, 1], Domain.Apart), ([3], Domain.Plain), ([], Domain.Plain)],
            x => Value.Select(x[0] > 0.3, x[1] * x[1], x[2]));
    }
}

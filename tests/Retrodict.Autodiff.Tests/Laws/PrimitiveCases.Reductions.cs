using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>Reductions over every pattern of axes.</content>
internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> Reductions()
    {
        (string Name, Shape Shape, int[] Axes)[] patterns =
        [
            ("all of 5", [5], []),
            ("all of 2 x 3", [2, 3], []),
            ("first", [3, 4], [0]),
            ("last", [3, 4], [1]),
            ("middle", [2, 3, 4], [1]),
            ("first and last", [2, 3, 4], [0, 2]),
            ("last two", [2, 3, 4], [1, 2]),
            ("alternating", [2, 3, 2, 3], [0, 2]),
            ("three of four", [2, 3, 2, 3], [0, 1, 3]),
            ("length one", [2, 1, 3], [1]),
            ("scalar", [], []),
        ];
        foreach ((string name, Shape shape, int[] axes) in patterns)
        {
            yield return Plain($"sum {name}", typeof(Sum), [shape], x => Value.Sin(Value.Square(x[0]).Sum(axes)));
            yield return Plain($"mean {name}", typeof(Sum), [shape], x => Value.Sin(x[0].Mean(axes)));
            yield return Case($"max {name}", typeof(Max), [(shape, Domain.Apart)], x => Value.Sin(x[0].Max(axes)));
            yield return Case($"min {name}", typeof(Max), [(shape, Domain.Apart)], x => Value.Square(x[0].Min(axes)));
        }

        // A shape without axes counts as a use of neither; these do.
        yield return Plain("sum without axes", typeof(Sum), [[2, 3]], x => Value.Square(Value.Emit(new Sum([]), x[0])));
        yield return Case("max without axes", typeof(Max), [([2, 3], Domain.Apart)], x => Value.Square(Value.Emit(new Max([]), x[0])));
        yield return Plain("sum of nothing", typeof(Sum), [[0, 3]], x => x[0].Sum(0) + 1);
        yield return Plain("sum leaves nothing", typeof(Sum), [[0, 3]], x => Value.Square(x[0].Sum(1)));
        yield return Case("max leaves nothing", typeof(Max), [([0, 3], Domain.Apart)], x => Value.Square(x[0].Max(1)));
        yield return Plain(
            "sum of a product over a shared axis", typeof(Sum), [[3, 4], [3, 4, 2]], x => Value.Einsum("bi,bij->bj", x[0], x[1]).Sum(0));
        yield return Plain("softmax", typeof(Max), [[2, 5]], x =>
        {
            Value e = Value.Exp(x[0] - Value.StopGradient(x[0].Max(1)).Reshape(2, 1));
            return e / e.Sum(1).Reshape(2, 1);
        }) with { Inputs = [([2, 5], Domain.Apart)] };
    }
}

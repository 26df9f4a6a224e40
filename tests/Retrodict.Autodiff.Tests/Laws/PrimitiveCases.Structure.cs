using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>Rearrangements. A square or sine beside them makes second derivatives differ from zero.</content>
internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> Structure()
    {
        yield return Plain("reshape", typeof(ChangeShape), [[2, 6]], x => Value.Square(x[0].Reshape(3, -1)));
        yield return Plain("reshape to scalar", typeof(ChangeShape), [[1, 1]], x => Value.Sin(x[0].Reshape(Shape.Scalar)));
        yield return Plain(
            "reshape chain", typeof(ChangeShape), [[2, 3, 2]], x => Value.Square(x[0].Flatten().Reshape(4, 3)).Reshape(2, 6));
        yield return Plain("permute matrix", typeof(Permute), [[2, 5]], x => Value.Square(x[0].Permute()));
        yield return Plain("permute rank 4", typeof(Permute), [[2, 3, 1, 4]], x => Value.Square(x[0].Permute(3, 0, 2, 1)));
        yield return Plain("permute twice", typeof(Permute), [[2, 3, 4]], x => Value.Sin(x[0].Permute(1, 2, 0).Permute(2, 1, 0)));
        yield return Plain("permute length one", typeof(Permute), [[1, 3, 1]], x => Value.Square(x[0].Permute(2, 0, 1)));
        yield return Plain("broadcast scalar", typeof(Broadcast), [[]], x => Value.Square(x[0].BroadcastTo([2, 3])));
        yield return Plain("broadcast rows", typeof(Broadcast), [[3]], x => Value.Square(x[0].BroadcastTo([4, 3])));
        yield return Plain("broadcast columns", typeof(Broadcast), [[4, 1]], x => Value.Square(x[0].BroadcastTo([4, 3])));
        yield return Plain("broadcast middle", typeof(Broadcast), [[3, 1]], x => Value.Square(x[0].BroadcastTo([2, 3, 2])));
        yield return Plain("broadcast outer and inner", typeof(Broadcast), [[2, 1, 3]], x => Value.Square(x[0].BroadcastTo([2, 4, 3])));
        yield return Plain(
            "broadcast twice", typeof(Broadcast), [[3]], x => Value.Sin(x[0].BroadcastTo([2, 3]).Reshape(2, 1, 3).BroadcastTo([2, 2, 3])));
        yield return Plain("broadcast to nothing", typeof(Broadcast), [[1, 3]], x => Value.Square(x[0].BroadcastTo([0, 3])));
        yield return Plain(
            "broadcasts in one product", typeof(Broadcast), [[2, 3, 4], [3, 1], [4], [2, 1, 1], []],
            x => ((x[0] * x[1]) + (x[0] * x[2]) + (x[0] * x[3])) * x[4]);
        yield return Plain("slice", typeof(Slice), [[7]], x => Value.Square(x[0].Slice(0, 1, 6, 2)));
        yield return Plain("slice step beyond", typeof(Slice), [[7, 2]], x => Value.Square(x[0].Slice(0, 2, 7, 3)));
        yield return Plain("slice inner", typeof(Slice), [[2, 5, 3]], x => Value.Square(x[0].Slice(1, 0, 5, 4)).Slice(-1, 1, 3));
        yield return Plain("slice to nothing", typeof(Slice), [[4, 2]], x => Value.Square(x[0].Slice(0, 2, 2)));
        yield return Plain("index", typeof(Slice), [[3, 2]], x => x[0][1] * x[0][^1]);
        yield return Plain("range", typeof(Slice), [[5, 2]], x => x[0][1..4] * x[0][..3]);
        yield return Plain(
            "slice all axes", typeof(Slice), [[5, 6]],
            x => Value.Square(Value.Emit(new Slice([1, 0], [5, 6], [2, 4]), x[0])));
        yield return Plain("pad", typeof(Pad), [[3]], x => Value.Square(x[0].Pad(0, 2, 1)));
        yield return Plain("pad with a number", typeof(Pad), [[2, 3]], x => Value.Sin(x[0].Pad(1, 1, 2, 0.7)));
        yield return Plain("pad negative", typeof(Pad), [[5, 2]], x => Value.Square(x[0].Pad(0, -1, -2)));
        yield return Plain("pad mixed", typeof(Pad), [[4, 3]], x => Value.Square(x[0].Pad(0, 2, -3)).Pad(1, -1, 2));
        yield return Plain("pad interior", typeof(Pad), [[3]], x => Value.Square(Padded(x[0], [1], [2], [2])));
        yield return Plain("pad interior and cut", typeof(Pad), [[4, 3]], x => Value.Square(Padded(x[0], [-2, 1], [-1, -2], [2, 1])));
        yield return Plain("pad cut inside a gap", typeof(Pad), [[3]], x => Value.Square(Padded(x[0], [-1], [-2], [3])));
        yield return Plain("pad everything cut", typeof(Pad), [[3, 2]], x => Value.Square(Padded(x[0], [-4, 0], [6, 0], [0, 1])));
        yield return Plain("pad nothing", typeof(Pad), [[0, 2]], x => Value.Square(Padded(x[0], [2, 0], [1, 1], [1, 0])) + 1);
        yield return Plain("pad circular", typeof(Concatenate), [[4]], x => Value.Square(x[0].PadCircular(0, 2, 4)));
        yield return Plain("concatenate", typeof(Concatenate), [[2, 3], [4, 3]], x => Value.Square(Value.Concatenate(0, x[0], x[1], x[0])));
        yield return Plain(
            "concatenate inner", typeof(Concatenate), [[2, 3], [2, 0], [2, 1]], x => Value.Square(Value.Concatenate(-1, x[0], x[1], x[2])));
        yield return Plain(
            "concatenate with a constant", typeof(Concatenate), [[2]], x => Value.Sin(Value.Concatenate(0, x[0], Value.Full(2, 3))));
        yield return Plain("stack", typeof(Concatenate), [[3], [3]], x => Value.Square(Value.Stack(x[0], x[1], x[0] * x[1])));
        yield return Plain("reverse", typeof(Reverse), [[4]], x => x[0] * x[0].Reverse());
        yield return Plain("reverse one axis", typeof(Reverse), [[2, 3, 2]], x => x[0] * x[0].Reverse(1));
        yield return Plain("reverse twice", typeof(Reverse), [[2, 3]], x => Value.Square(x[0].Reverse().Reverse(0, 1)));
        yield return Plain("reverse nothing", typeof(Reverse), [[0, 3]], x => Value.Square(x[0].Reverse()));
        yield return Plain("identity", typeof(Identity), [[3, 3]], x => Value.Square(x[0] + Value.Eye(3)));
        yield return Plain("identity product", typeof(Identity), [[2, 3]], x => Value.Square(Value.MatMul(x[0], Value.Eye(3))));
        yield return Plain(
            "identity product left", typeof(Identity), [[3, 2]], x => Value.Square(Value.Einsum("ij,jk->ki", Value.Eye(3), x[0])));
        yield return Plain("identity trace", typeof(Identity), [[3, 3]], x => Value.Square(Value.Einsum("ij,ij->", Value.Eye(3), x[0])));
        yield return Plain(
            "two outputs of one value", typeof(ChangeShape), [[4]],
            x => x[0].Reshape(2, 2)) with { Body = x => [x[0], Value.Sin(x[0]), x[0].Reshape(2, 2), x[0]] };
        yield return Plain(
            "unused input", typeof(Literal), [[2], [3]], x => Value.Sin(x[1])) with { Body = x => [Value.Sin(x[1]), Value.Full(2, 3)] };
    }

    private static IEnumerable<PrimitiveCase> Positions()
    {
        yield return Plain("gather", typeof(Gather), [[5]], x => Value.Square(x[0].Gather(0, 4, 0, 2)));
        yield return Plain("gather repeated", typeof(Gather), [[3]], x => Value.Square(x[0].Gather(0, 1, 1, 2, 1, 0, 1)));
        yield return Plain("gather inner axis", typeof(Gather), [[2, 4]], x => Value.Square(x[0].Gather(-1, 3, 3, 0)));
        yield return Plain("gather middle axis", typeof(Gather), [[2, 3, 2]], x => Value.Square(x[0].Gather(1, 2, 0, 2, 2)));
        yield return Plain("gather nothing", typeof(Gather), [[3, 2]], x => Value.Square(x[0].Gather(0, [])));
        yield return Plain("scatter-add", typeof(ScatterAdd), [[3]], x => Value.Square(x[0].ScatterAdd(0, 5, 4, 0, 2)));
        yield return Plain("scatter-add repeated", typeof(ScatterAdd), [[6]], x => Value.Square(x[0].ScatterAdd(0, 3, 1, 1, 2, 1, 0, 1)));
        yield return Plain("scatter-add inner axis", typeof(ScatterAdd), [[2, 3]], x => Value.Square(x[0].ScatterAdd(1, 4, 3, 3, 0)));
        yield return Plain(
            "scatter-add middle axis", typeof(ScatterAdd), [[2, 4, 2]], x => Value.Square(x[0].ScatterAdd(1, 3, 2, 0, 2, 2)));
        yield return Plain("scatter-add nothing", typeof(ScatterAdd), [[0, 2]], x => Value.Square(x[0].ScatterAdd(0, 3, []) + 1));
    }

    private static Value Padded(Value x, Indices before, Indices after, Indices interior) =>
        Value.Emit(new Pad(before, after, interior), x);
}

using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>Contractions of every label pattern.</content>
internal static partial class PrimitiveCases
{
    private static (string Expression, Shape Left, Shape Right)[] ContractionPatterns =>
    [
        ("i,i->", [5], [5]),
        ("ij,ij->", [2, 3], [2, 3]),
        ("ij,ji->", [2, 3], [3, 2]),
        ("i,j->ij", [3], [4]),
        ("i,j->ji", [3], [4]),
        ("ij,jk->ik", [2, 3], [3, 4]),
        ("ij,jk->ki", [2, 3], [3, 4]),
        ("ij,kj->ik", [2, 3], [4, 3]),
        ("ji,jk->ik", [3, 2], [3, 4]),
        ("ij,j->i", [3, 4], [4]),
        ("i,ij->j", [3], [3, 4]),
        ("bi,bi->b", [3, 4], [3, 4]),
        ("bi,bi->bi", [3, 4], [3, 4]),
        ("bi,ib->ib", [3, 4], [4, 3]),
        ("bij,bjk->bik", [2, 3, 2], [2, 2, 4]),
        ("bij,bjk->kbi", [2, 3, 2], [2, 2, 4]),
        ("ibj,kjb->bki", [3, 2, 2], [4, 2, 2]),
        ("ijb,bjk->ikb", [3, 2, 2], [2, 2, 4]),
        ("abij,bajk->abik", [2, 3, 2, 2], [3, 2, 2, 3]),
        ("ikl,klj->ij", [2, 3, 2], [3, 2, 4]),
        ("ikl,lkj->ij", [2, 3, 2], [2, 3, 4]),
        ("kil,jlk->ij", [3, 2, 2], [4, 2, 3]),
        ("iaj,ak->ijk", [2, 3, 2], [3, 2]),
        ("iaj,ak->ikj", [2, 3, 2], [3, 2]),
        ("aij,ak->jki", [3, 2, 2], [3, 2]),
        ("ij,jk->ik", [1, 3], [3, 1]),
        ("ij,jk->ik", [3, 1], [1, 2]),
        ("bij,bjk->bik", [1, 2, 3], [1, 3, 2]),
        ("bij,bjk->bik", [3, 1, 2], [3, 2, 1]),
        ("ibj,jb->ib", [2, 1, 3], [3, 1]),
        ("ij,->ij", [2, 3], []),
        (",->", [], []),
        ("ij,jk->ik", [2, 0], [0, 3]),
        ("ij,jk->ik", [0, 2], [2, 3]),
        ("bij,bjk->bik", [0, 2, 3], [0, 3, 2]),
        ("bo,bi->oi", [5, 2], [5, 3]),
        ("bpo,bpi->oi", [2, 3, 2], [2, 3, 4]),
        ("pbo,bpi->oi", [3, 2, 2], [2, 3, 4]),
    ];

    private static IEnumerable<PrimitiveCase> Contractions()
    {
        foreach ((string expression, Shape left, Shape right) in ContractionPatterns)
        {
            yield return Plain(
                $"contract {expression} {left} {right}", typeof(Contract), [left, right], x => Value.Einsum(expression, x[0], x[1]));
        }

        yield return Plain("matrix with itself", typeof(Contract), [[3, 2]], x => Value.MatMul(x[0].Permute(), x[0]));
        yield return Plain("matrix square", typeof(Contract), [[3, 3]], x => Value.MatMul(x[0], x[0]));
        yield return Plain("matrix and vector", typeof(Contract), [[3, 4], [4]], x => Value.Sin(Value.MatMul(x[0], x[1])));
        yield return Plain("vector and matrix", typeof(Contract), [[3], [3, 4]], x => Value.Sin(Value.MatMul(x[0], x[1])));
        yield return Plain("stack and matrix", typeof(Contract), [[2, 3, 4], [4, 2]], x => Value.MatMul(x[0], x[1]));
        yield return Plain("vector and stack", typeof(Contract), [[4], [2, 4, 3]], x => Value.MatMul(x[0], x[1]));
        yield return Plain("dot", typeof(Contract), [[2, 3], [2, 3]], x => Value.Dot(x[0], x[1]));
        yield return Plain(
            "product with a constant", typeof(Contract), [[2, 3]],
            x => Value.Sin(Value.MatMul(x[0], Value.Constant(new double[,] { { 1, 2 }, { 0, -1 }, { 0.5, 3 } }))));
        yield return Plain(
            "small network", typeof(Contract), [[4], [3, 4], [3], [2, 3]],
            x => Value.MatMul(x[3], Value.Tanh(Value.MatMul(x[1], x[0]) + x[2])));
        yield return Plain("medium product", typeof(Contract), [[9, 17], [17, 8]], x => Value.MatMul(x[0], x[1]));
    }
}

using System.Numerics;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// Writes the program of a unit's members: which tile of scratch each value that has no window lives in, from its member to its last
/// reader.
/// </summary>
internal sealed class TileProgramBuilder<T>(PlanGraph graph, Placement<T> placement, Unit unit)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<int, int> _tiles = [];
    private readonly Stack<int> _free = [];
    private int _count;

    public TileProgram<T> Build()
    {
        Dictionary<int, int> lastReads = LastReads();
        (int Rows, int Columns)? space = null;
        var windows = new HashSet<(int, int)>();
        var instructions = new List<TileInstruction<T>>(unit.Members.Length);
        int cost = 0;
        for (int i = 0; i < unit.Members.Length; i++)
        {
            int node = unit.Members[i];
            var primitive = (Elementwise)graph.Function.Nodes[node].Primitive;
            IterationSpace own = graph.Spaces[node]!;
            space = space is null || !own.IsFlat ? (own.Rows, own.Columns) : space;
            cost += primitive.Cost;
            var places = new TilePlace[3];
            int[] operands = graph.Operands[node];
            for (int k = 0; k < operands.Length; k++)
            {
                places[k] = Place(graph.Roots[operands[k]], own.Operands[k]);
            }

            // A kernel may write over its operands: their tiles are free before its result takes one.
            foreach (int root in operands.Select(operand => graph.Roots[operand]).Distinct())
            {
                if (lastReads[root] == i && _tiles.Remove(root, out int tile))
                {
                    _free.Push(tile);
                }
            }

            int result = graph.Function.Nodes[node].FirstResult;
            if (!placement.IsStored(result))
            {
                _tiles.Add(result, _free.TryPop(out int tile) ? tile : _count++);
            }

            TilePlace to = Place(result, OperandAccess.Dense);
            windows.UnionWith(
                from place in (TilePlace[])[.. places, to]
                where place.Buffer >= 0 && place.Access == OperandAccess.Dense
                select (place.Buffer, place.Offset));
            instructions.Add(new TileInstruction<T>(primitive.Kernel<T>(), places[0], places[1], places[2], to)
            {
                FiniteKernel = primitive.FiniteKernel<T>(),
            });
        }

        return new TileProgram<T>(space!.Value, instructions, _count, windows.Count, cost);
    }

    private TilePlace Place(int root, OperandAccess access) => _tiles.TryGetValue(root, out int tile)
        ? new TilePlace(-1, tile, placement[root].Length, access)
        : new TilePlace(placement[root].Buffer, placement[root].Offset, placement[root].Length, access);

    private Dictionary<int, int> LastReads()
    {
        var reads = new Dictionary<int, int>();
        for (int i = 0; i < unit.Members.Length; i++)
        {
            foreach (int operand in graph.Operands[unit.Members[i]])
            {
                reads[graph.Roots[operand]] = i;
            }
        }

        return reads;
    }
}

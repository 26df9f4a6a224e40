// Which nodes run as one step.
//
// Every node has a level. Along an edge of the program the level does not fall, and it rises by one
//     from anything to a node that is not elementwise, and
//     from an elementwise node to another that cannot share its walk: one that reads it as a broadcast, has other rows, or finds the group
//     full.
// An edge that keeps the level thus lies inside a group or leads from a node that is not elementwise into one. So groups of one level do
// not depend on each other, merging any two of them makes no cycle, and the rule is: an elementwise node joins the groups of its operands
// on its level, and groups that read the same value on one level join too.
//
// A group follows the last product on its level whose result it reads element by element, its host, and runs in the same step, on each part
// of the result while that is in cache. A chain of steps on one level, each needing the one before, passes from hosts to groups with later
// hosts only; so it never closes.

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>Cuts a program into units, in one pass over its nodes.</summary>
internal sealed class Grouping
{
    /// <summary>The most elementwise nodes of a unit.</summary>
    public const int MaximumMembers = 64;

    private readonly PlanGraph _graph;
    private readonly int[] _levels;
    private readonly int[] _parents;
    private readonly int[] _sizes;
    private readonly int[] _rows;
    private readonly int[] _lastReaders;

    private Grouping(PlanGraph graph)
    {
        _graph = graph;
        int nodes = graph.Function.Nodes.Length;
        _levels = new int[nodes];
        _parents = [.. Enumerable.Range(0, nodes)];
        _sizes = new int[nodes];
        Array.Fill(_sizes, 1);
        _rows = new int[nodes];
        _lastReaders = new int[graph.Roots.Length];
        Array.Fill(_lastReaders, -1);
    }

    /// <summary>The units of a program in the order of their first nodes.</summary>
    /// <param name="graph">The program.</param>
    /// <param name="fuse">Whether nodes are grouped at all.</param>
    public static List<Unit> Of(PlanGraph graph, bool fuse)
    {
        int[] steps = [.. Enumerable.Range(0, graph.Function.Nodes.Length).Where(graph.IsStep)];
        if (!fuse)
        {
            return [.. steps.Select(node => graph.IsElementwise(node) ? new Unit(-1, [node]) : new Unit(node, []))];
        }

        var grouping = new Grouping(graph);
        foreach (int node in steps)
        {
            grouping.Place(node);
        }

        return grouping.Units(steps);
    }

    private void Place(int node)
    {
        bool elementwise = _graph.IsElementwise(node);
        int[] operands = _graph.Operands[node];
        int level = 0;
        for (int k = 0; k < operands.Length; k++)
        {
            int producer = _graph.Producer(operands[k]);
            if (producer >= 0)
            {
                bool rises = !elementwise || (_graph.IsElementwise(producer) && !IsDense(node, k));
                level = Math.Max(level, _levels[producer] + (rises ? 1 : 0));
            }
        }

        _levels[node] = level;
        if (elementwise)
        {
            IterationSpace space = _graph.Spaces[node]!;
            _rows[node] = space.IsFlat ? 0 : space.Rows;
            Join(node);
        }
    }

    private void Join(int node)
    {
        int[] operands = _graph.Operands[node];
        int rows = _rows[node];
        int size = 1;
        bool fits = true;
        Span<int> groups = stackalloc int[operands.Length];
        int count = 0;
        for (int k = 0; k < operands.Length; k++)
        {
            int producer = _graph.Producer(operands[k]);
            if (producer < 0 || !_graph.IsElementwise(producer) || _levels[producer] != _levels[node] || !IsDense(node, k)
                || groups[..count].Contains(Find(producer)))
            {
                continue;
            }

            int group = Find(producer);
            groups[count++] = group;
            size += _sizes[group];
            fits = fits && (rows == 0 || _rows[group] == 0 || _rows[group] == rows);
            rows = Math.Max(rows, _rows[group]);
        }

        if (fits && size <= MaximumMembers)
        {
            foreach (int group in groups[..count])
            {
                Merge(group, node);
            }
        }
        else
        {
            _levels[node]++;
        }

        for (int k = 0; k < operands.Length; k++)
        {
            if (_graph.Producer(operands[k]) < 0 || !IsDense(node, k))
            {
                continue;
            }

            ref int reader = ref _lastReaders[_graph.Roots[operands[k]]];
            if (reader >= 0 && _levels[reader] == _levels[node])
            {
                (int a, int b) = (Find(reader), Find(node));
                if (a != b && _sizes[a] + _sizes[b] <= MaximumMembers && (_rows[a] == 0 || _rows[b] == 0 || _rows[a] == _rows[b]))
                {
                    Merge(a, b);
                }
            }

            reader = node;
        }
    }

    private List<Unit> Units(int[] steps)
    {
        var members = new Dictionary<int, List<int>>();
        foreach (int node in steps)
        {
            if (_graph.IsElementwise(node))
            {
                int group = Find(node);
                if (!members.TryGetValue(group, out List<int>? list))
                {
                    members.Add(group, list = []);
                }

                list.Add(node);
            }
        }

        var guests = new Dictionary<int, int>();
        foreach ((int group, List<int> list) in members)
        {
            if (HostOf(list) is >= 0 and var host)
            {
                guests.TryAdd(host, group);
            }
        }

        var units = new List<Unit>();
        var hosted = new HashSet<int>(guests.Values);
        foreach (int node in steps)
        {
            if (!_graph.IsElementwise(node))
            {
                units.Add(new Unit(node, guests.TryGetValue(node, out int group) ? [.. members[group]] : []));
            }
            else if (!hosted.Contains(Find(node)) && members[Find(node)][0] == node)
            {
                units.Add(new Unit(-1, [.. members[Find(node)]]));
            }
        }

        return units;
    }

    /// <summary>
    /// The last product on a group's level that the group reads; -1 if there is none, or if a member reads it otherwise than element by
    /// element.
    /// </summary>
    private int HostOf(List<int> group)
    {
        int host = -1;
        bool dense = true;
        foreach (int node in group)
        {
            int[] operands = _graph.Operands[node];
            for (int k = 0; k < operands.Length; k++)
            {
                int producer = _graph.Producer(operands[k]);
                if (producer < host || producer < 0 || _graph.IsElementwise(producer) || _levels[producer] != _levels[node])
                {
                    continue;
                }

                if (_graph.Function.Nodes[producer].Primitive.TakesEpilogue)
                {
                    dense = IsDense(node, k) && (dense || producer > host);
                    host = producer;
                }
            }
        }

        return dense ? host : -1;
    }

    private bool IsDense(int node, int operand) => _graph.Spaces[node]!.Operands[operand] == OperandAccess.Dense;

    private int Find(int node)
    {
        while (_parents[node] != node)
        {
            _parents[node] = _parents[_parents[node]];
            node = _parents[node];
        }

        return node;
    }

    private void Merge(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b)
        {
            return;
        }

        if (_sizes[a] < _sizes[b])
        {
            (a, b) = (b, a);
        }

        _parents[b] = a;
        _sizes[a] += _sizes[b];
        _rows[a] = Math.Max(_rows[a], _rows[b]);
    }
}

using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// Where values live. Results that are outputs are computed in place; what only the members of one unit read lives in tiles and has no
/// window; all else shares the arena by lifetimes, and a member may write over an operand that is read for the last time.
/// </summary>
internal sealed class Placement<T>
    where T : unmanaged
{
    private const int ArenaBuffer = Workspace<double>.ArenaBuffer;
    private const int ConstantBuffer = Workspace<double>.ConstantBuffer;
    private const int FirstInputBuffer = Workspace<double>.FirstInputBuffer;

    private readonly PlanGraph _graph;
    private readonly Function _function;
    private readonly Unit[] _units;
    private readonly Window[] _windows;
    private readonly bool[] _stored;
    private readonly int[] _lastUse;
    private readonly ArenaLayout _arena = new();

    public Placement(PlanGraph graph, Unit[] units)
    {
        _graph = graph;
        _function = graph.Function;
        _units = units;
        int variables = _function.Shapes.Length;
        _windows = new Window[variables];
        for (int v = 0; v < variables; v++)
        {
            _windows[v] = new Window(v < _function.Inputs.Count ? FirstInputBuffer + v : -1, 0, _function.Shapes[v].ElementCount);
        }

        _stored = new bool[variables];
        _lastUse = new int[variables];
        Array.Fill(_lastUse, -1);
        Copies = PlaceOutputs();
        ConstantLength = PlaceConstants();
        FindLifetimes();
        for (int time = 0; time < units.Length; time++)
        {
            Place(time);
        }
    }

    /// <summary>Variables to be copied to outputs at the end: inputs, constants and repeated outputs.</summary>
    public List<(int From, int Output)> Copies { get; }

    public int ConstantLength { get; }

    public int ArenaLength => _arena.Length;

    /// <summary>The window a variable lies in.</summary>
    public Window this[int variable] => _windows[_graph.Roots[variable]];

    /// <summary>Whether a variable has a window, so that others than the members of its unit can read it.</summary>
    public bool IsStored(int variable) => _stored[_graph.Roots[variable]];

    public Window Output(int output) =>
        new(FirstInputBuffer + _function.Inputs.Count + output, 0, _function.Outputs[output].Shape.ElementCount);

    private List<(int From, int Output)> PlaceOutputs()
    {
        var copies = new List<(int, int)>();
        for (int output = 0; output < _function.OutputNumbers.Length; output++)
        {
            int root = _graph.Roots[_function.OutputNumbers[output]];
            _stored[root] = true;
            if (_graph.Producer(root) < 0 || _windows[root].Buffer >= 0)
            {
                copies.Add((root, output));
            }
            else
            {
                _windows[root] = Output(output);
            }
        }

        return copies;
    }

    private int PlaceConstants()
    {
        int length = 0;
        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            if (_graph.IsLive[i] && _function.Nodes[i] is { Primitive: Literal literal, FirstResult: var variable })
            {
                _windows[variable] = new Window(ConstantBuffer, length, literal.Elements.Length);
                length = checked(length + AlignedBuffer<T>.RoundUp(literal.Elements.Length));
            }
        }

        return length;
    }

    private void FindLifetimes()
    {
        var unitOf = new int[_function.Nodes.Length];
        for (int time = 0; time < _units.Length; time++)
        {
            foreach (int node in _units[time].Nodes)
            {
                unitOf[node] = time;
            }
        }

        for (int time = 0; time < _units.Length; time++)
        {
            foreach (int node in _units[time].Nodes)
            {
                foreach (int operand in _graph.Operands[node])
                {
                    int root = _graph.Roots[operand];
                    int producer = _graph.Producer(root);
                    if (producer < 0 || unitOf[producer] != time)
                    {
                        _lastUse[root] = time;
                        _stored[root] = true;
                    }
                }
            }
        }

        foreach (int number in _function.OutputNumbers)
        {
            // Copied outputs are read after the last node.
            _lastUse[_graph.Roots[number]] = int.MaxValue;
        }
    }

    private void Place(int time)
    {
        Unit unit = _units[time];
        Dictionary<int, int> lastRead = LastReads(unit);
        int carried = CarriedProduct(unit);
        int partner = carried < 0 ? -1 : Array.FindIndex(
            unit.Members, member => _stored[Result(member)] && Array.IndexOf(unit.Members, member) >= lastRead[carried]);
        var reused = new HashSet<int>();
        if (unit.Host >= 0)
        {
            Node host = _function.Nodes[unit.Host];
            for (int r = 0; r < host.ResultCount; r++)
            {
                if (host.FirstResult + r != carried)
                {
                    TakeWindow(host.FirstResult + r);
                }
            }
        }

        for (int i = 0; i < unit.Members.Length; i++)
        {
            int result = Result(unit.Members[i]);
            if (!_stored[result] || _windows[result].Buffer >= 0)
            {
                continue;
            }

            if (i != partner && Dying(unit.Members[..(i + 1)], result, time, i, lastRead, reused) is >= 0 and var operand)
            {
                reused.Add(operand);
                _windows[result] = _windows[operand];
            }
            else
            {
                TakeWindow(result);
            }
        }

        if (carried >= 0 && partner >= 0)
        {
            _windows[carried] = _windows[Result(unit.Members[partner])];
        }
        else if (carried >= 0)
        {
            TakeWindow(carried);
            GiveWindow(carried);
        }

        foreach (int root in unit.Nodes.SelectMany(node => _graph.Operands[node]).Select(operand => _graph.Roots[operand]).Distinct())
        {
            if (_lastUse[root] == time && !reused.Contains(root))
            {
                GiveWindow(root);
            }
        }

        foreach (int node in unit.Nodes)
        {
            for (int v = _function.Nodes[node].FirstResult; v < _function.Nodes[node].FirstResult + _function.Nodes[node].ResultCount; v++)
            {
                if (_lastUse[v] < 0 && v != carried && _windows[v].Buffer == ArenaBuffer)
                {
                    GiveWindow(v);
                }
            }
        }
    }

    /// <summary>The result of a host that only the members behind it read; -1 if there is none.</summary>
    private int CarriedProduct(Unit unit) =>
        unit.Host >= 0 && unit.Members.Length > 0 && !_stored[_function.Nodes[unit.Host].FirstResult]
            ? _function.Nodes[unit.Host].FirstResult
            : -1;

    /// <summary>The last member to read each variable element by element; past the end for those that are read otherwise.</summary>
    private Dictionary<int, int> LastReads(Unit unit)
    {
        var reads = new Dictionary<int, int>();
        if (unit.Members.Length > 0 && unit.Host >= 0)
        {
            foreach (int operand in _graph.Operands[unit.Host])
            {
                reads[_graph.Roots[operand]] = int.MaxValue;
            }
        }

        for (int i = 0; i < unit.Members.Length; i++)
        {
            int[] operands = _graph.Operands[unit.Members[i]];
            for (int k = 0; k < operands.Length; k++)
            {
                int root = _graph.Roots[operands[k]];
                bool dense = _graph.Spaces[unit.Members[i]]!.Operands[k] == OperandAccess.Dense;
                reads[root] = dense && reads.GetValueOrDefault(root) != int.MaxValue ? i : int.MaxValue;
            }
        }

        return reads;
    }

    /// <summary>
    /// An operand in the arena over which a member may write: as long, and read for the last time by it or a member before.
    /// </summary>
    private int Dying(int[] members, int result, int time, int member, Dictionary<int, int> lastRead, HashSet<int> reused)
    {
        for (int i = members.Length - 1; i >= 0; i--)
        {
            foreach (int operand in _graph.Operands[members[i]])
            {
                int root = _graph.Roots[operand];
                if (_lastUse[root] == time && _windows[root].Buffer == ArenaBuffer && _windows[root].Length == _windows[result].Length
                    && lastRead[root] <= member && !reused.Contains(root))
                {
                    return root;
                }
            }
        }

        return -1;
    }

    private int Result(int node) => _function.Nodes[node].FirstResult;

    private void TakeWindow(int variable)
    {
        if (_windows[variable].Buffer < 0)
        {
            int length = _windows[variable].Length;
            _windows[variable] = new Window(ArenaBuffer, _arena.Take(AlignedBuffer<T>.RoundUp(length)), length);
        }
    }

    private void GiveWindow(int variable)
    {
        if (_windows[variable].Buffer == ArenaBuffer)
        {
            _arena.Give(_windows[variable].Offset, AlignedBuffer<T>.RoundUp(_windows[variable].Length));
        }
    }
}

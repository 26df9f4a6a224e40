using System.Numerics;
using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Turns a function into the steps of a plan: simplify, rewrite into primitives that have kernels, let elementwise nodes read broadcast operands where they
/// stand, give every variable a place, and bind the kernels.
/// </summary>
internal sealed class Compiler<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Function _function;
    private readonly PlanOptions _options;
    private readonly int[][] _operands;
    private readonly IterationSpace?[] _spaces;
    private readonly bool[] _live;
    private readonly int[] _roots;
    private readonly Window[] _windows;

    private Compiler(Function function, PlanOptions options)
    {
        _function = function;
        _options = options;
        int variables = function.Shapes.Length;
        _operands = [.. function.Nodes.Select(node => node.Operands)];
        _spaces = new IterationSpace?[function.Nodes.Length];
        _live = new bool[function.Nodes.Length];
        _roots = new int[variables];
        _windows = new Window[variables];
    }

    public static Plan<T> Compile(Function function, PlanOptions options)
    {
        Function simple = options.Simplify ? Simplification.Simplify(function) : function;
        Function lowered = Lowering.Lower(simple);
        if (options.Simplify && !ReferenceEquals(lowered, simple))
        {
            lowered = Simplification.Simplify(lowered);
        }

        PlanParts<T> parts = new Compiler<T>(lowered, options).Build();
        return new Plan<T>(function.Name, function.Inputs, function.Outputs, parts, options.Team ?? ThreadTeam.Shared);
    }

    private PlanParts<T> Build()
    {
        ReadBroadcastsInPlace();
        MarkLive();
        List<(int From, int Output)> copies = PlaceOutputs();
        (T[] Array, int Base) constants = PlaceConstants();
        int arena = PlaceIntermediates();
        var steps = new List<Step<T>>();
        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            if (_live[i] && !IsAlias(i) && _function.Nodes[i].Primitive is not Literal)
            {
                steps.Add(Bind(i));
            }
        }

        foreach ((int from, int output) in copies)
        {
            Shape shape = _function.Shapes[from];
            var storage = new Storage(
                $"copy to output '{_function.Outputs[output].Name}'", [_windows[from]], [shape], [OutputWindow(output)], [shape], _options);
            steps.Add(CopyStep<T>.Whole(storage));
        }

        return new PlanParts<T>([.. steps], arena, constants);
    }

    /// <summary>Replaces operands that are broadcasts by what they broadcast, where the two loops of an iteration space can read that.</summary>
    private void ReadBroadcastsInPlace()
    {
        var producers = new int[_function.Shapes.Length];
        Array.Fill(producers, -1);
        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            Node node = _function.Nodes[i];
            if (node.Primitive is Elementwise)
            {
                int[] operands = [.. node.Operands];
                _spaces[i] = SpaceOf(_function.Shapes[node.FirstResult], operands, producers);
                _operands[i] = operands;
            }

            for (int r = 0; r < node.ResultCount; r++)
            {
                producers[node.FirstResult + r] = i;
            }
        }
    }

    private IterationSpace SpaceOf(Shape shape, int[] operands, int[] producers)
    {
        (int Rows, int Columns)? space = null;
        var access = new (int RowStride, bool Constant)?[operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            if (producers[operands[i]] < 0 || _function.Nodes[producers[operands[i]]] is not { Primitive: Broadcast broadcast } producer
                || IterationSpace.Pattern(broadcast.Target, broadcast.Axes) is not var (rows, columns, rowStride, constant))
            {
                continue;
            }

            if (rows == 0)
            {
                access[i] = (0, true);
            }
            else if (space is null || space == (rows, columns))
            {
                space = (rows, columns);
                access[i] = (rowStride, constant);
            }
            else
            {
                continue;
            }

            operands[i] = producer.Operands[0];
        }

        (int r, int c) = space ?? (1, shape.ElementCount);
        return new IterationSpace(r, c, [.. access.Select(a => a ?? (c, false))]);
    }

    private void MarkLive()
    {
        var needed = new bool[_function.Shapes.Length];
        foreach (int output in _function.OutputNumbers)
        {
            needed[output] = true;
        }

        for (int i = _function.Nodes.Length - 1; i >= 0; i--)
        {
            Node node = _function.Nodes[i];
            for (int r = 0; r < node.ResultCount && !_live[i]; r++)
            {
                _live[i] = needed[node.FirstResult + r];
            }

            if (_live[i])
            {
                foreach (int operand in _operands[i])
                {
                    needed[operand] = true;
                }
            }
        }

        // Reshapes share their operand's storage.
        for (int v = 0; v < _roots.Length; v++)
        {
            _roots[v] = v;
            _windows[v] = v < _function.Inputs.Count
                ? new Window(Workspace<T>.FirstInputBuffer + v, 0, _function.Shapes[v].ElementCount)
                : new Window(-1, 0, _function.Shapes[v].ElementCount);
        }

        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            if (IsAlias(i))
            {
                _roots[_function.Nodes[i].FirstResult] = _roots[_operands[i][0]];
            }
        }
    }

    private bool IsAlias(int node) => _function.Nodes[node].Primitive is Reshape;

    private Window OutputWindow(int output) =>
        new(Workspace<T>.FirstInputBuffer + _function.Inputs.Count + output, 0, _function.Outputs[output].Shape.ElementCount);

    /// <summary>Lets results that are outputs be computed in place; inputs, constants and repeated outputs are copied at the end.</summary>
    private List<(int From, int Output)> PlaceOutputs()
    {
        var literals = new HashSet<int>(_function.Nodes.Where(node => node.Primitive is Literal).Select(node => node.FirstResult));
        var copies = new List<(int, int)>();
        for (int output = 0; output < _function.OutputNumbers.Length; output++)
        {
            int root = _roots[_function.OutputNumbers[output]];
            if (root < _function.Inputs.Count || literals.Contains(root) || _windows[root].Buffer >= 0)
            {
                copies.Add((root, output));
            }
            else
            {
                _windows[root] = OutputWindow(output);
            }
        }

        return copies;
    }

    private (T[] Array, int Base) PlaceConstants()
    {
        int length = 0;
        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            if (_live[i] && _function.Nodes[i] is { Primitive: Literal literal, FirstResult: var variable })
            {
                _windows[variable] = new Window(Workspace<T>.ConstantBuffer, length, literal.Elements.Length);
                length = checked(length + AlignedBuffer<T>.RoundUp(literal.Elements.Length));
            }
        }

        (T[] array, int start) = AlignedBuffer<T>.Allocate(length);
        foreach (Node node in _function.Nodes)
        {
            if (node.Primitive is Literal literal && _windows[node.FirstResult].Buffer == Workspace<T>.ConstantBuffer)
            {
                for (int e = 0; e < literal.Elements.Length; e++)
                {
                    array[start + _windows[node.FirstResult].Offset + e] = T.CreateTruncating(literal.Elements[e]);
                }
            }
        }

        return (array, start);
    }

    private int PlaceIntermediates()
    {
        var lastUse = new int[_roots.Length];
        Array.Fill(lastUse, -1);
        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            if (_live[i])
            {
                foreach (int operand in _operands[i])
                {
                    lastUse[_roots[operand]] = i;
                }
            }
        }

        foreach ((int output, int number) in _function.OutputNumbers.Index())
        {
            // Copied outputs are read after the last node.
            lastUse[_roots[number]] = int.MaxValue;
        }

        var arena = new ArenaLayout();
        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            Node node = _function.Nodes[i];
            if (!_live[i] || IsAlias(i))
            {
                continue;
            }

            for (int r = 0; r < node.ResultCount; r++)
            {
                int variable = node.FirstResult + r;
                if (_windows[variable].Buffer < 0)
                {
                    int length = _windows[variable].Length;
                    _windows[variable] = new Window(Workspace<T>.ArenaBuffer, arena.Take(AlignedBuffer<T>.RoundUp(length)), length);
                }
            }

            foreach (int operand in _operands[i].Select(o => _roots[o]).Distinct())
            {
                Release(operand, i);
            }

            for (int r = 0; r < node.ResultCount; r++)
            {
                if (lastUse[node.FirstResult + r] < 0)
                {
                    Release(node.FirstResult + r, -1);
                }
            }
        }

        return arena.Length;

        void Release(int root, int use)
        {
            if (lastUse[root] == use && _windows[root].Buffer == Workspace<T>.ArenaBuffer)
            {
                arena.Give(_windows[root].Offset, AlignedBuffer<T>.RoundUp(_windows[root].Length));
            }
        }
    }

    private Step<T> Bind(int index)
    {
        Node node = _function.Nodes[index];
        Shape[] shapes = _function.Shapes;
        int[] operands = _operands[index];
        string results = string.Join(", ", Enumerable.Range(node.FirstResult, node.ResultCount).Select(r => $"%{r}: {shapes[r]}"));
        string label = $"{results} = {node.Primitive.Describe()}({string.Join(", ", operands.Select(o => $"%{o}"))})";
        var storage = new Storage(
            label,
            [.. operands.Select(o => _windows[_roots[o]])],
            [.. operands.Select(o => shapes[o])],
            [.. Enumerable.Range(node.FirstResult, node.ResultCount).Select(r => _windows[r])],
            [.. Enumerable.Range(node.FirstResult, node.ResultCount).Select(r => shapes[r])],
            _options,
            _spaces[index]);
        return node.Primitive.Compile<T>(storage);
    }
}

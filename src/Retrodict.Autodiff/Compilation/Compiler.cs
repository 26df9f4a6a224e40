using System.Numerics;
using Retrodict.Autodiff.Execution.Fusion;
using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Turns a function into the steps of a plan: simplify, rewrite into primitives that have kernels, group the nodes
/// (<see cref="Grouping"/>), order the groups (<see cref="UnitOrder"/>), give every value a place (<see cref="Placement{T}"/>), and bind
/// the kernels.
/// </summary>
internal sealed class Compiler<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Function _function;
    private readonly PlanOptions _options;
    private readonly PlanGraph _graph;
    private readonly Unit[] _units;
    private readonly Placement<T> _placement;

    private Compiler(Function function, PlanOptions options)
    {
        _function = function;
        _options = options;
        _graph = new PlanGraph(function);
        _units = UnitOrder.Of(_graph, Grouping.Of(_graph, options.Fuse));
        _placement = new Placement<T>(_graph, _units);
    }

    public static Plan<T> Compile(Function function, PlanOptions options)
    {
        Function simple = options.Simplify ? Simplification.Simplify(function) : function;
        Function lowered = Lowering.Lower(simple);
        if (options.Simplify && !ReferenceEquals(lowered, simple))
        {
            lowered = Simplification.Simplify(lowered);
        }

        return CompileLowered(lowered, options);
    }

    /// <summary>Compiles a function that is simplified and lowered.</summary>
    private static Plan<T> CompileLowered(Function lowered, PlanOptions options) =>
        new(new Compiler<T>(lowered, options).Build(), options.Team);

    private PlanParts<T> Build()
    {
        (T[] Array, int Base) constants = FillConstants();
        var steps = new List<Step<T>>(_units.Length + _placement.Copies.Count);
        foreach (Unit unit in _units)
        {
            steps.AddRange(Bind(unit));
        }

        foreach ((int from, int output) in _placement.Copies)
        {
            Shape shape = _function.Shapes[from];
            var storage = new Storage(
                () => $"copy to output '{_function.Outputs[output].Name}'", [_placement[from]], [shape], [_placement.Output(output)],
                [shape], _options);
            steps.Add(CopyStep<T>.Whole(storage));
        }

        Function function = _function;
        PlanOptions options = _options;
        return new PlanParts<T>(
            function.Name, function.Inputs, function.Outputs, [.. steps], _placement.ArenaLength, constants,
            options.Fuse ? () => CompileLowered(function, options with { Fuse = false }) : null);
    }

    private (T[] Array, int Base) FillConstants()
    {
        (T[] array, int start) = AlignedBuffer<T>.Allocate(_placement.ConstantLength);
        for (int i = 0; i < _function.Nodes.Length; i++)
        {
            if (_graph.IsLive[i] && _function.Nodes[i] is { Primitive: Literal literal, FirstResult: var variable })
            {
                Span<T> window = array.AsSpan(start + _placement[variable].Offset, literal.Elements.Length);
                for (int e = 0; e < window.Length; e++)
                {
                    window[e] = T.CreateTruncating(literal.Elements[e]);
                }
            }
        }

        return (array, start);
    }

    private IEnumerable<Step<T>> Bind(Unit unit)
    {
        if (unit.Host < 0)
        {
            return [new ElementwiseStep<T>(StorageOf(unit), Program(unit))];
        }

        Step<T> host = _function.Nodes[unit.Host].Primitive.Compile<T>(StorageOf(unit with { Members = [] }));
        return unit.Members.Length == 0 ? [host]
            : host.HasWholeParts ? [new EpilogueStep<T>(StorageOf(unit), host, Program(unit))]
            : [host, new ElementwiseStep<T>(StorageOf(unit with { Host = -1 }), Program(unit))];
    }

    private TileProgram<T> Program(Unit unit) => new TileProgramBuilder<T>(_graph, _placement, unit).Build();

    /// <summary>The operands a unit reads from outside, each once in a group, and the results it leaves in windows.</summary>
    private Storage StorageOf(Unit unit)
    {
        Shape[] shapes = _function.Shapes;
        int[] results =
            [.. unit.Nodes.Select(i => _function.Nodes[i]).SelectMany(node => Enumerable.Range(node.FirstResult, node.ResultCount))];
        IEnumerable<int> operands = unit.Nodes.SelectMany(node => _graph.Operands[node]);
        if (unit.Nodes.Length > 1)
        {
            var own = new HashSet<int>(results);
            operands = operands.DistinctBy(operand => _graph.Roots[operand]).Where(operand => !own.Contains(_graph.Roots[operand]));
            results = [.. results.Where(_placement.IsStored)];
        }

        int[] read = [.. operands];
        return new Storage(
            () => Label(unit, results),
            [.. read.Select(o => _placement[o])],
            [.. read.Select(o => shapes[o])],
            [.. results.Select(r => _placement[r])],
            [.. results.Select(r => shapes[r])],
            _options,
            read.Any(o => _graph.ConstantElements(o) is not null) ? [.. read.Select(_graph.ConstantElements)] : null);
    }

    private string Label(Unit unit, int[] results)
    {
        string left = string.Join(", ", results.Select(r => $"%{r}: {_function.Shapes[r]}"));
        if (unit.Nodes.Length == 1)
        {
            return $"{left} = {Expression(unit.Nodes[0])}";
        }

        IEnumerable<string> nodes = unit.Nodes.Select(node => $"%{_function.Nodes[node].FirstResult} = {Expression(node)}");
        return $"{left} <- {string.Join("; ", nodes)}";
    }

    private string Expression(int node) =>
        $"{_function.Nodes[node].Primitive.Describe()}({string.Join(", ", _graph.Operands[node].Select(o => $"%{o}"))})";
}

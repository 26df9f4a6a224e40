using System.Runtime.CompilerServices;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <summary>
/// A program being written: every operation on a <see cref="Value"/> appends a node. The innermost tracer of a thread is its current one;
/// it takes the operations whose operands are all constants.
/// </summary>
internal sealed class Tracer
{
    private readonly Tracer? _enclosing;
    private readonly List<(Value Outer, int Number)> _captured = [];
    private readonly Dictionary<Value, Value> _captures = new(ReferenceEqualityComparer.Instance);

    [ThreadStatic]
    private static Tracer? _current;

    private readonly List<Node> _nodes = [];
    private readonly List<Shape> _shapes = [];
    private readonly List<Variable> _inputs = [];
    private readonly HashSet<string> _inputNames = new(StringComparer.Ordinal);
    private readonly Dictionary<Primitive, Value> _constants = new(ReferenceEqualityComparer.Instance);
    private bool _closed;

    /// <summary>A program of its own: values of other traces are errors.</summary>
    public Tracer()
    {
    }

    private Tracer(Tracer? enclosing)
    {
        _enclosing = enclosing;
        Depth = enclosing is null ? 1 : enclosing.Depth + 1;
    }

    public static Tracer? Current => _current;

    /// <summary>How many bodies this one is nested in: an operation belongs to the innermost of its operands' traces.</summary>
    public int Depth { get; }

    /// <summary>
    /// The values of enclosing traces that the body of a loop or of an implicit equation used, in the order of the inputs they have become.
    /// Operations on enclosing values alone stay outside, where they are done once.
    /// </summary>
    public IEnumerable<Value> Captured => _captured.Select(capture => capture.Outer);

    /// <summary>A program inside another one, which may use the other's values: they become inputs after the declared ones.</summary>
    public static Tracer ForBody() => new(_current);

    /// <summary>Runs a body with this tracer as the thread's current one.</summary>
    public TResult Run<TResult>(Func<TResult> body)
    {
        Tracer? outer = _current;
        _current = this;
        try
        {
            return body();
        }
        finally
        {
            _current = outer;
        }
    }

    public Value AddInput(string name, Shape shape)
    {
        if (_nodes.Count > 0)
        {
            throw new InvalidOperationException("Inputs come before the first operation.");
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_inputNames.Add(name))
        {
            throw new ArgumentException($"Two inputs are called '{name}'; names must differ.");
        }

        _inputs.Add(new Variable(name, shape));
        _shapes.Add(shape);
        return new Value(this, _shapes.Count - 1, shape);
    }

    /// <summary>Appends an operation and gives its results.</summary>
    public Value[] Append(Primitive primitive, ReadOnlySpan<Value> operands)
    {
        RequireOpen(primitive.Name);
        var numbers = new int[operands.Length];
        var shapes = new Shape[operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            numbers[i] = Adopt(primitive, operands[i]).Number;
            shapes[i] = operands[i].Shape;
        }

        Shape[] resultShapes = primitive.InferShapes(shapes);
        var results = new Value[resultShapes.Length];
        int first = _shapes.Count;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = new Value(this, first + i, resultShapes[i]);
            _shapes.Add(resultShapes[i]);
        }

        _nodes.Add(new Node(primitive, numbers, first, results.Length));
        return results;
    }

    /// <summary>Throws if the trace has ended.</summary>
    public void RequireOpen(string user)
    {
        if (_closed)
        {
            throw new InvalidOperationException(
                $"'{user}' was applied to a value whose trace has ended. Values live only while the function that uses them is traced; "
                + "return what you need as outputs.");
        }
    }

    /// <summary>The tracer that an operation on these operands belongs to.</summary>
    public static Tracer For(string user, ReadOnlySpan<Value> operands)
    {
        Tracer? innermost = null;
        foreach (Value operand in operands)
        {
            if (operand.Tracer is { } tracer && (innermost is null || tracer.Depth > innermost.Depth))
            {
                innermost = tracer;
            }
        }

        return innermost ?? _current ?? throw new InvalidOperationException(
            $"'{user}' was applied to constants outside of a trace. Call it inside the function given to Function.Trace, or compute the "
            + "constant with Math first.");
    }

    /// <summary>Closes the program.</summary>
    public Function Finish(string name, IReadOnlyList<(string Name, Value Value)> outputs)
    {
        var numbers = new int[outputs.Count];
        var variables = new Variable[outputs.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < outputs.Count; i++)
        {
            (string outputName, Value value) = outputs[i];
            if (string.IsNullOrWhiteSpace(outputName))
            {
                throw new ArgumentException($"Output {i} of '{name}' has no name.");
            }

            if (value is null)
            {
                throw new ArgumentException($"The output '{outputName}' of '{name}' is null.");
            }

            if (!names.Add(outputName))
            {
                throw new ArgumentException($"Two outputs of '{name}' are called '{outputName}'; names must differ.");
            }

            numbers[i] = Adopt(null, value).Number;
            variables[i] = new Variable(outputName, value.Shape);
        }

        _closed = true;
        return _captured.Count == 0
            ? new Function(name, [.. _inputs], variables, [.. _nodes], [.. _shapes], numbers)
            : WithCapturesInFront(name, variables, numbers);
    }

    /// <summary>Captured values were numbered when they were met; a function numbers its inputs first.</summary>
    private Function WithCapturesInFront(string name, Variable[] outputs, int[] outputNumbers)
    {
        int declared = _inputs.Count;
        var numbers = new int[_shapes.Count];
        Array.Fill(numbers, -1);
        var order = new List<int>(Enumerable.Range(0, declared));
        order.AddRange(_captured.Select(capture => capture.Number));
        for (int i = 0; i < order.Count; i++)
        {
            numbers[order[i]] = i;
        }

        for (int variable = 0; variable < numbers.Length; variable++)
        {
            if (numbers[variable] < 0)
            {
                numbers[variable] = order.Count;
                order.Add(variable);
            }
        }

        Variable[] inputs =
            [.. _inputs, .. _captured.Select((capture, i) => new Variable(UniqueName($"captured.{i}", _inputNames), capture.Outer.Shape))];
        IEnumerable<Node> nodes = _nodes.Select(node => node with
        {
            Operands = [.. node.Operands.Select(operand => numbers[operand])],
            FirstResult = numbers[node.FirstResult],
        });
        return new Function(
            name, inputs, outputs, [.. nodes], [.. order.Select(variable => _shapes[variable])],
            [.. outputNumbers.Select(number => numbers[number])]);
    }

    private Value Adopt(Primitive? user, Value value)
    {
        if (value.Tracer == this)
        {
            return value;
        }

        if (value.Literal is not { } literal)
        {
            if (_enclosing is not null && value.Tracer!.Depth < Depth)
            {
                value.Tracer.RequireOpen(user?.Name ?? "an output");
                return Capture(value);
            }

            throw new InvalidOperationException(
                $"{(user is null ? "An output" : $"'{user.Name}'")} uses a value of shape {value.Shape} that belongs to another trace. "
                + "Pass it to the inner function as an input; values cannot be captured across traces.");
        }

        // One node per literal and trace: the same constant used a thousand times is stored once.
        if (!_constants.TryGetValue(literal, out Value? adopted))
        {
            adopted = Append(literal, [])[0];
            _constants.Add(literal, adopted);
        }

        return adopted;
    }

    private Value Capture(Value outer)
    {
        if (!_captures.TryGetValue(outer, out Value? inner))
        {
            inner = new Value(this, _shapes.Count, outer.Shape);
            _shapes.Add(outer.Shape);
            _captured.Add((outer, inner.Number));
            _captures.Add(outer, inner);
        }

        return inner;
    }

    /// <summary>A name that none of the taken ones equals, made from a wish by appending a number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string UniqueName(string wish, ICollection<string> taken)
    {
        string name = wish;
        for (int i = 2; taken.Contains(name); i++)
        {
            name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wish}{i}");
        }

        return name;
    }
}

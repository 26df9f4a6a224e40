using System.Runtime.CompilerServices;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff;

/// <summary>
/// A program being written: every operation on a <see cref="Value"/> appends a node. The innermost tracer of a thread is its current one; it takes the
/// operations whose operands are all constants.
/// </summary>
internal sealed class Tracer
{
    [ThreadStatic]
    private static Tracer? _current;

    private readonly List<Node> _nodes = [];
    private readonly List<Shape> _shapes = [];
    private readonly List<Variable> _inputs = [];
    private readonly HashSet<string> _inputNames = new(StringComparer.Ordinal);
    private readonly Dictionary<Primitive, Value> _constants = new(ReferenceEqualityComparer.Instance);
    private bool _closed;

    public static Tracer? Current => _current;

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
                $"'{user}' was applied to a value whose trace has ended. Values live only while the function that uses them is traced; return what you need as outputs.");
        }
    }

    /// <summary>The tracer that an operation on these operands belongs to.</summary>
    public static Tracer For(string user, ReadOnlySpan<Value> operands)
    {
        foreach (Value operand in operands)
        {
            if (operand.Tracer is { } tracer)
            {
                return tracer;
            }
        }

        return _current ?? throw new InvalidOperationException(
            $"'{user}' was applied to constants outside of a trace. Call it inside the function given to Function.Trace, or compute the constant with Math first.");
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
        return new Function(name, [.. _inputs], variables, [.. _nodes], [.. _shapes], numbers);
    }

    private Value Adopt(Primitive? user, Value value)
    {
        if (value.Tracer == this)
        {
            return value;
        }

        if (value.Literal is not { } literal)
        {
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

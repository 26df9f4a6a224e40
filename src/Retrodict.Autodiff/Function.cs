using System.Globalization;
using System.Text;
using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff;

/// <summary>
/// A tensor program: named inputs, straight-line nodes, named outputs. It is pure and immutable and has no element type; one function
/// compiles to <see cref="Plan{T}"/>s for <see cref="float"/> and <see cref="double"/>. Transforms, such as <see cref="Jvp"/> and
/// <see cref="Batch"/>, turn functions into functions.
/// </summary>
public sealed partial class Function
{
    internal Function(string name, Variable[] inputs, Variable[] outputs, Node[] nodes, Shape[] shapes, int[] outputNumbers)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        Nodes = nodes;
        Shapes = shapes;
        OutputNumbers = outputNumbers;
        CheckInDebugBuilds();
    }

    /// <summary>The name it prints under.</summary>
    public string Name { get; }

    /// <summary>The inputs, in order.</summary>
    public IReadOnlyList<Variable> Inputs { get; }

    /// <summary>The outputs, in order.</summary>
    public IReadOnlyList<Variable> Outputs { get; }

    /// <summary>The number of operations.</summary>
    public int NodeCount => Nodes.Length;

    internal Node[] Nodes { get; }

    /// <summary>Shapes by variable number.</summary>
    internal Shape[] Shapes { get; }

    internal int[] OutputNumbers { get; }

    /// <summary>Traces a function of one tensor. The body runs once, on a symbolic value; C# control flow in it is resolved then.</summary>
    /// <param name="body">The function, written for one sample.</param>
    /// <param name="input">The shape of its input, which is named <c>x</c>; the output is named <c>y</c>.</param>
    /// <exception cref="ShapeException">An operation does not fit its operands' shapes.</exception>
    public static Function Trace(Func<Value, Value> body, Shape input)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Trace([("x", input)], inputs => [("y", body(inputs[0]))]);
    }

    /// <summary>Traces a function of named tensors into named tensors.</summary>
    /// <param name="inputs">Names and shapes of the inputs.</param>
    /// <param name="body">The function; it receives the inputs and returns names and values of the outputs.</param>
    /// <param name="name">The name to print.</param>
    /// <exception cref="ShapeException">An operation does not fit its operands' shapes.</exception>
    /// <exception cref="InvalidOperationException">The body uses a value that belongs to another trace.</exception>
    public static Function Trace(
        IReadOnlyList<(string Name, Shape Shape)> inputs, Func<ValueList, IReadOnlyList<(string Name, Value Value)>> body,
        string name = "function")
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(body);
        var tracer = new Tracer();
        var variables = new Variable[inputs.Count];
        var values = new Value[inputs.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            variables[i] = new Variable(inputs[i].Name, inputs[i].Shape);
            values[i] = tracer.AddInput(inputs[i].Name, inputs[i].Shape);
        }

        IReadOnlyList<(string, Value)> outputs = tracer.Run(() => body(new ValueList(variables, values)))
            ?? throw new ArgumentException($"The body of '{name}' returned null instead of its outputs.", nameof(body));
        return tracer.Finish(name, outputs);
    }

    /// <summary>Applies this function inside another trace: its nodes are copied there.</summary>
    /// <param name="arguments">One value per input, of the input's shape.</param>
    /// <returns>One value per output.</returns>
    public Value[] Apply(params ReadOnlySpan<Value> arguments)
    {
        CheckArguments(arguments);
        return Replay.Onto(Tracer.For(Name, arguments), this, arguments);
    }

    /// <summary>The same function under another name.</summary>
    /// <param name="name">The name to print.</param>
    public Function Named(string name) => new(name, [.. Inputs], [.. Outputs], Nodes, Shapes, OutputNumbers);

    /// <summary>
    /// The program as text: one line a node, with numbered variables and shapes; the bodies that nodes carry are indented below them.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Print(text, "");
        return text.ToString();
    }

    private void Print(StringBuilder text, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}{Name}(");
        text.AppendJoin(", ", Inputs.Select((input, i) => $"%{i} {input}")).Append(") -> (");
        text.AppendJoin(", ", Outputs.Select((output, i) => $"%{OutputNumbers[i]} {output}")).Append(")\n");
        foreach (Node node in Nodes)
        {
            string results = string.Join(", ", Enumerable.Range(node.FirstResult, node.ResultCount).Select(r => $"%{r}: {Shapes[r]}"));
            string operands = string.Join(", ", node.Operands.Select(o => $"%{o}"));
            text.Append(CultureInfo.InvariantCulture, $"{indent}  {results} = {node.Primitive.Describe()}({operands})\n");
            foreach (Function body in node.Primitive.Bodies)
            {
                body.Print(text, indent + "    ");
            }
        }
    }

    /// <summary>The primitives of the program, those in the bodies it carries included.</summary>
    internal IEnumerable<Primitive> AllPrimitives() =>
        Nodes.SelectMany(node => node.Primitive.Bodies.SelectMany(body => body.AllPrimitives()).Prepend(node.Primitive));

    /// <summary>The same program with some of its inputs and outputs; the outputs kept may not depend on inputs left out.</summary>
    internal Function Restricted(int[] inputs, int[] outputs)
    {
        bool[] reads = DeadCode.InputsRead(this, [.. Enumerable.Range(0, Outputs.Count).Select(outputs.Contains)]);
        var tracer = new Tracer();
        var values = new Value[Shapes.Length];
        foreach (int input in inputs)
        {
            values[input] = tracer.AddInput(Inputs[input].Name, Inputs[input].Shape);
        }

        for (int i = 0; i < reads.Length; i++)
        {
            System.Diagnostics.Debug.Assert(!reads[i] || values[i] is not null, $"'{Name}' still reads '{Inputs[i].Name}'.");
        }

        // Nodes that only outputs left out depend on are left out with them.
        foreach (Node node in Nodes)
        {
            if (node.Operands.All(operand => values[operand] is not null))
            {
                Replay.Store(values, node, tracer.Append(node.Primitive, Replay.Operands(values, node)));
            }
        }

        return tracer.Finish(Name, [.. outputs.Select(output => (Outputs[output].Name, values[OutputNumbers[output]]))]);
    }

    /// <summary>Positions of inputs given by name; no names means all inputs.</summary>
    internal int[] InputIndices(ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
        {
            return [.. Enumerable.Range(0, Inputs.Count)];
        }

        var indices = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            indices[i] = Variable.IndexOf(Inputs, names[i], "input");
            if (indices.AsSpan(0, i).Contains(indices[i]))
            {
                throw new ArgumentException($"The input '{names[i]}' is named twice.");
            }
        }

        return indices;
    }

    private void CheckArguments(ReadOnlySpan<Value> arguments)
    {
        if (arguments.Length != Inputs.Count)
        {
            throw new ArgumentException(
                $"'{Name}' takes {Inputs.Count} inputs ({string.Join(", ", Inputs)}), but {arguments.Length} were given.");
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(arguments[i], Inputs[i].Name);
            if (arguments[i].Shape != Inputs[i].Shape)
            {
                throw new ShapeException(
                    $"The input '{Inputs[i].Name}' of '{Name}' has shape {Inputs[i].Shape}, but a value of shape {arguments[i].Shape} "
                    + "was given.");
            }
        }
    }

    [System.Diagnostics.Conditional("DEBUG")]
    private void CheckInDebugBuilds()
    {
        foreach (Node node in Nodes)
        {
            Shape[] shapes = node.Primitive.InferShapes(node.Operands.Select(o => Shapes[o]).ToArray());
            for (int i = 0; i < shapes.Length; i++)
            {
                System.Diagnostics.Debug.Assert(shapes[i] == Shapes[node.FirstResult + i], $"{node.Primitive.Describe()}: {shapes[i]}");
            }
        }
    }
}

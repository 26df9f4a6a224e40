namespace Retrodict.Autodiff;

/// <summary>How a loop runs.</summary>
public sealed record LoopOptions
{
    /// <summary>Whether time runs from the last element of the sequences to the first; default false.</summary>
    public bool Backward { get; init; }

    /// <summary>
    /// Whether reverse mode stores the carry only at the start of segments, about the square root of the steps many, and recomputes the
    /// rest: memory that grows with the square root of the steps instead of the steps, for about one more forward run. Default false.
    /// </summary>
    public bool Checkpoint { get; init; }
}

/// <content>Loops over time.</content>
public sealed partial class Value
{
    /// <summary>A loop over time: (carry, x_t) to (carry, y_t) for each t. The body may use values of the enclosing function.</summary>
    /// <param name="length">The number of steps.</param>
    /// <param name="carry">The first carry: tensors that keep their shapes from step to step.</param>
    /// <param name="sequences">Tensors whose first axis is time, of the given length; the body sees one slice of each.</param>
    /// <param name="body">From the carry and the slices to the next carry and what the step puts out.</param>
    /// <param name="options">Direction and checkpointing.</param>
    /// <returns>The last carry, and what the steps put out, stacked along a first axis.</returns>
    /// <exception cref="ShapeException">A sequence has another length, or the body changes the carry's shape or number.</exception>
    public static (Value[] Carry, Value[] Outputs) Scan(
        int length, Value[] carry, Value[] sequences, Func<Value[], Value[], (Value[] Carry, Value[] Outputs)> body,
        LoopOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentNullException.ThrowIfNull(carry);
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(body);
        return Loops.Scan(length, carry, sequences, body, options ?? new LoopOptions());
    }

    /// <summary>A loop over time with one tensor of state and one of output: state to (state, y_t).</summary>
    /// <param name="length">The number of steps.</param>
    /// <param name="state">The first state.</param>
    /// <param name="body">From the state to the next state and what the step puts out.</param>
    /// <param name="options">Direction and checkpointing.</param>
    /// <returns>The last state, and what the steps put out, stacked along a first axis.</returns>
    public static (Value State, Value Outputs) Scan(
        int length, Value state, Func<Value, (Value State, Value Output)> body, LoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        (Value[] carry, Value[] outputs) = Scan(
            length, [state], [], (c, _) => body(c[0]) is var (next, output) ? ([next], [output]) : default, options);
        return (carry[0], outputs[0]);
    }

    /// <summary>A function applied again and again.</summary>
    /// <param name="length">How often.</param>
    /// <param name="state">What it is first applied to.</param>
    /// <param name="body">From the state to the next state.</param>
    /// <param name="options">Checkpointing.</param>
    /// <returns>The last state.</returns>
    public static Value Repeat(int length, Value state, Func<Value, Value> body, LoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Scan(length, [state], [], (c, _) => ([body(c[0])], []), options).Carry[0];
    }
}

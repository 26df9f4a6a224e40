using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff;

/// <summary>
/// A function compiled for one element type: kernels bound to places in an arena that is laid out once, by the lifetimes of intermediate
/// results. Plans are immutable and may be run from many threads at once, each with its own <see cref="Workspace{T}"/>. A warm run
/// allocates nothing, and its bits do not depend on the number of threads.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Plan<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lock _gate = new();
    private readonly Stack<Workspace<T>> _pool = new(4);
    private readonly string _name;
    private readonly Lazy<Plan<T>> _unfused;

    internal Plan(PlanParts<T> parts, ThreadTeam? team)
    {
        _name = parts.Name;
        Inputs = parts.Inputs;
        Outputs = parts.Outputs;
        Team = team ?? ThreadTeam.Shared;
        _unfused = parts.Unfused is { } unfused ? new Lazy<Plan<T>>(unfused) : new Lazy<Plan<T>>(this);
        Steps = parts.Steps;
        foreach ((int index, Step<T> step) in Steps.Index())
        {
            step.Index = index;
        }

        ArenaLength = parts.ArenaLength;
        Constants = parts.Constants;
        ScratchLength = Steps.Length == 0 ? 0 : Steps.Max(step => step.ScratchLength);
        ScratchSlots = Steps.Any(step => step.Parts > 1) ? Team.Size : 1;
    }

    /// <summary>The inputs, in order.</summary>
    public IReadOnlyList<Variable> Inputs { get; }

    /// <summary>The outputs, in order.</summary>
    public IReadOnlyList<Variable> Outputs { get; }

    /// <summary>The number of steps of a run; a group of fused nodes is one.</summary>
    public int StepCount => Steps.Length;

    /// <summary>Bytes of intermediate results that each workspace holds, those of loop bodies included.</summary>
    public long ArenaBytes => (ArenaLength + Steps.Sum(step => step.StateLength)) * Unsafe.SizeOf<T>();

    /// <summary>Floating-point operations of one run, as counted from shapes (a function such as exp counts as ten).</summary>
    public double Operations => Steps.Sum(step => step.Operations);

    /// <summary>
    /// Bytes that the steps of one run read and write, if nothing stays in cache from one to the next; what a group's nodes hand each other
    /// does not count.
    /// </summary>
    public double BytesMoved => Steps.Sum(step => step.Traffic) * Unsafe.SizeOf<T>();

    /// <summary>The plan with a step for every node, for checked runs; its bits are the same.</summary>
    internal Plan<T> Unfused => _unfused.Value;

    internal Step<T>[] Steps { get; }

    internal int ArenaLength { get; }

    internal int ScratchLength { get; }

    internal int ScratchSlots { get; }

    internal (T[] Array, int Base) Constants { get; }

    internal ThreadTeam Team { get; }

    /// <summary>Takes a workspace from the pool, or makes one. Dispose of it to give it back.</summary>
    public Workspace<T> Rent()
    {
        Workspace<T>? workspace;
        lock (_gate)
        {
            _pool.TryPop(out workspace);
        }

        workspace ??= new Workspace<T>(this);
        workspace.IsRented = true;
        return workspace;
    }

    /// <summary>Runs a plan of one input and one output. Allocates nothing once warm.</summary>
    /// <param name="input">The input's elements, row-major.</param>
    /// <param name="output">Receives the output's elements.</param>
    /// <exception cref="ArgumentException">The plan has other inputs or outputs, or a length does not fit.</exception>
    public void Run(ReadOnlySpan<T> input, Span<T> output)
    {
        if (Inputs.Count != 1 || Outputs.Count != 1)
        {
            throw new ArgumentException(
                $"'{_name}' has {Inputs.Count} inputs and {Outputs.Count} outputs; this form takes one of each. Rent a workspace instead.");
        }

        CheckLength(Inputs[0], input.Length, nameof(input));
        CheckLength(Outputs[0], output.Length, nameof(output));
        using Workspace<T> workspace = Rent();
        input.CopyTo(workspace.Input(0));
        workspace.Run();
        workspace.Output(0).CopyTo(output);
    }

    /// <summary>Runs the plan on arrays and returns new ones: the convenient form, where allocating does no harm.</summary>
    /// <param name="inputs">One array per input, row-major.</param>
    /// <returns>One array per output.</returns>
    /// <exception cref="ArgumentException">The number of arrays or a length does not fit.</exception>
    public T[][] Evaluate(params ReadOnlySpan<T[]> inputs)
    {
        if (inputs.Length != Inputs.Count)
        {
            throw new ArgumentException(
                $"'{_name}' takes {Inputs.Count} inputs ({string.Join(", ", Inputs)}), but {inputs.Length} were given.", nameof(inputs));
        }

        using Workspace<T> workspace = Rent();
        for (int i = 0; i < inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], nameof(inputs));
            CheckLength(Inputs[i], inputs[i].Length, nameof(inputs));
            inputs[i].CopyTo(workspace.Input(i));
        }

        workspace.Run();
        var outputs = new T[Outputs.Count][];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = workspace.Output(i).ToArray();
        }

        return outputs;
    }

    /// <summary>
    /// The plan as text: steps in order with operations and bytes, and the totals. A step of several nodes reads "results &lt;- nodes".
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"plan of {_name} for {typeof(T).Name}: {StepCount} steps, {Operations:G4} FLOP, {BytesMoved:G4} bytes moved, arena "
            + $"{ArenaBytes} bytes\n");
        foreach (Step<T> step in Steps)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"  {step.Label}  [{step.Operations:G4} FLOP, {step.Traffic * Unsafe.SizeOf<T>():G4} bytes");
            text.Append(step.Parts > 1 ? string.Create(CultureInfo.InvariantCulture, $", {step.Parts} parts]\n") : "]\n");
        }

        return text.ToString();
    }

    internal void Return(Workspace<T> workspace)
    {
        lock (_gate)
        {
            if (workspace.IsRented)
            {
                workspace.IsRented = false;
                _pool.Push(workspace);
            }
        }
    }

    private static void CheckLength(Variable variable, int length, string parameter)
    {
        if (length != variable.Shape.ElementCount)
        {
            throw new ArgumentException(
                $"'{variable.Name}' has shape {variable.Shape}, {variable.Shape.ElementCount} elements, but {length} were given.",
                parameter);
        }
    }
}

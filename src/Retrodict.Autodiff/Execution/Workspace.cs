using System.Numerics;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff;

/// <summary>
/// The memory of one run of a plan at a time: rent one from <see cref="Plan{T}.Rent"/>, fill or bind its inputs, run, read its outputs, and
/// dispose of it to give it back. Concurrent runs use a workspace each. Once made, it allocates nothing.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class Workspace<T> : IDisposable, IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal const int ArenaBuffer = 0;
    internal const int ConstantBuffer = 1;
    internal const int FirstInputBuffer = 2;

    private readonly Plan<T> _plan;
    private readonly T[]?[] _own;
    private readonly int[] _ownBases;
    private readonly T[]?[] _arrays;
    private readonly int[] _bases;
    private readonly T[] _scratch;
    private readonly int _scratchBase;
    private readonly int _scratchLength;
    private readonly object?[] _states;
    private Step<T>? _step;
    private int _phase;
    private bool _ready;

    internal Workspace(Plan<T> plan)
    {
        _plan = plan;
        int buffers = FirstInputBuffer + plan.Inputs.Count + plan.Outputs.Count;
        _own = new T[buffers][];
        _ownBases = new int[buffers];
        _arrays = new T[buffers][];
        _bases = new int[buffers];
        (_own[ArenaBuffer], _ownBases[ArenaBuffer]) = AlignedBuffer<T>.Allocate(plan.ArenaLength);
        (_own[ConstantBuffer], _ownBases[ConstantBuffer]) = plan.Constants;
        _scratchLength = AlignedBuffer<T>.RoundUp(plan.ScratchLength);
        (_scratch, _scratchBase) = AlignedBuffer<T>.Allocate(checked(_scratchLength * plan.ScratchSlots));
        _states = [.. plan.Steps.Select(step => step.NewState())];
        Reset(ArenaBuffer);
        Reset(ConstantBuffer);
    }

    internal bool IsRented { get; set; }

    /// <summary>An input's elements, row-major, to be filled before a run. After a bind this is the caller's window.</summary>
    /// <param name="index">The input's position.</param>
    public Span<T> Input(int index)
    {
        CheckIndex(index, _plan.Inputs.Count, "input");
        return Io(FirstInputBuffer + index, _plan.Inputs[index].Shape.ElementCount);
    }

    /// <summary>An input's elements by name; see <see cref="Input(int)"/>.</summary>
    /// <param name="name">The input's name.</param>
    public Span<T> Input(string name) => Input(Variable.IndexOf(_plan.Inputs, name, "input"));

    /// <summary>An output's elements, row-major, as the last run left them.</summary>
    /// <param name="index">The output's position.</param>
    public ReadOnlySpan<T> Output(int index)
    {
        CheckIndex(index, _plan.Outputs.Count, "output");
        return Io(FirstInputBuffer + _plan.Inputs.Count + index, _plan.Outputs[index].Shape.ElementCount);
    }

    /// <summary>An output's elements by name; see <see cref="Output(int)"/>.</summary>
    /// <param name="name">The output's name.</param>
    public ReadOnlySpan<T> Output(string name) => Output(Variable.IndexOf(_plan.Outputs, name, "output"));

    /// <summary>Lets runs read an input from a window of the caller's buffer, without copying, until the workspace is given back.</summary>
    /// <param name="index">The input's position.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="offset">Where the window starts; it is as long as the input.</param>
    /// <exception cref="ArgumentException">The window does not fit into the buffer or overlaps that of an output.</exception>
    public void BindInput(int index, T[] buffer, int offset = 0)
    {
        CheckIndex(index, _plan.Inputs.Count, "input");
        Bind(FirstInputBuffer + index, buffer, offset);
    }

    /// <summary>Binds an input by name; see <see cref="BindInput(int, T[], int)"/>.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="offset">Where the window starts.</param>
    public void BindInput(string name, T[] buffer, int offset = 0) =>
        BindInput(Variable.IndexOf(_plan.Inputs, name, "input"), buffer, offset);

    /// <summary>
    /// Lets runs write an output into a window of the caller's buffer until the workspace is given back. The window may not overlap that of
    /// an input or of another output.
    /// </summary>
    /// <param name="index">The output's position.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="offset">Where the window starts; it is as long as the output.</param>
    /// <exception cref="ArgumentException">The window does not fit into the buffer or overlaps another.</exception>
    public void BindOutput(int index, T[] buffer, int offset = 0)
    {
        CheckIndex(index, _plan.Outputs.Count, "output");
        Bind(FirstInputBuffer + _plan.Inputs.Count + index, buffer, offset);
    }

    /// <summary>Binds an output by name; see <see cref="BindOutput(int, T[], int)"/>.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="offset">Where the window starts.</param>
    public void BindOutput(string name, T[] buffer, int offset = 0) =>
        BindOutput(Variable.IndexOf(_plan.Outputs, name, "output"), buffer, offset);

    /// <summary>Computes the outputs from the inputs.</summary>
    public void Run()
    {
        Prepare();
        foreach (Step<T> step in _plan.Steps)
        {
            Run(step);
        }
    }

    /// <summary>Computes the outputs from the inputs, a node at a time, and looks at every intermediate result.</summary>
    /// <returns>The first node that produced a NaN or an infinity, as it prints in a plan that is not fused; null if none did.</returns>
    public string? RunChecked()
    {
        Prepare();
        using Workspace<T> nodes = _plan.Unfused.Rent();
        for (int i = 0; i < _plan.Inputs.Count; i++)
        {
            nodes.PointInput(i, _arrays[FirstInputBuffer + i]!, _bases[FirstInputBuffer + i]);
        }

        int firstOutput = FirstInputBuffer + _plan.Inputs.Count;
        for (int i = 0; i < _plan.Outputs.Count; i++)
        {
            nodes.PointOutput(i, _arrays[firstOutput + i]!, _bases[firstOutput + i]);
        }

        string? first = null;
        foreach (Step<T> step in nodes._plan.Steps)
        {
            nodes.Run(step);
            if (first is null && step.Results.Any(window => !IsFinite(nodes.Read(window))))
            {
                first = step.Label;
            }
        }

        return first;
    }

    /// <summary>Gives the workspace back to its plan; its bindings end.</summary>
    public void Dispose()
    {
        if (!IsRented)
        {
            return;
        }

        for (int buffer = FirstInputBuffer; buffer < _arrays.Length; buffer++)
        {
            Reset(buffer);
        }

        _ready = false;
        _plan.Return(this);
    }

    void IParallelWork.RunPart(int part, int slot) =>
        _step!.Run(this, _phase, part, _scratch.AsSpan(_scratchBase + (slot * _scratchLength), _scratchLength));

    internal ReadOnlySpan<T> Read(Window window) => new(_arrays[window.Buffer], _bases[window.Buffer] + window.Offset, window.Length);

    /// <summary>What the workspace keeps for a step.</summary>
    internal object State(Step<T> step) => _states[step.Index]!;

    /// <summary>Where a window lies, for handing it to a body's workspace.</summary>
    internal (T[] Array, int Offset) Locate(Window window) => (_arrays[window.Buffer]!, _bases[window.Buffer] + window.Offset);

    /// <summary>Points an input at a window without checks: for steps that own this workspace.</summary>
    internal void PointInput(int index, T[] array, int offset) => Point(FirstInputBuffer + index, array, offset);

    /// <summary>Points an output at a window without checks: for steps that own this workspace.</summary>
    internal void PointOutput(int index, T[] array, int offset) => Point(FirstInputBuffer + _plan.Inputs.Count + index, array, offset);

    internal Span<T> Span(int buffer, int offset, int length) => new(_arrays[buffer], _bases[buffer] + offset, length);

    internal Span<T> Write(Window window) => new(_arrays[window.Buffer], _bases[window.Buffer] + window.Offset, window.Length);

    private static bool IsFinite(ReadOnlySpan<T> elements)
    {
        foreach (T element in elements)
        {
            if (!T.IsFinite(element))
            {
                return false;
            }
        }

        return true;
    }

    private void Run(Step<T> step)
    {
        if (step.Parts == 1)
        {
            step.Run(this, 0, _scratch.AsSpan(_scratchBase, _scratchLength));
        }
        else
        {
            _step = step;
            int phases = step.Phases;
            for (_phase = 0; _phase < phases; _phase++)
            {
                _plan.Team.Run(this, step.PartsOf(_phase));
            }

            step.Finish(this);
        }
    }

    private void Prepare()
    {
        if (_ready)
        {
            return;
        }

        ObjectDisposedException.ThrowIf(!IsRented, this);
        for (int i = 0; i < _plan.Inputs.Count; i++)
        {
            Input(i);
        }

        for (int i = 0; i < _plan.Outputs.Count; i++)
        {
            Output(i);
        }

        _ready = true;
    }

    /// <summary>The window of an input or output; its own memory is made at the first use, since bound ones need none.</summary>
    private Span<T> Io(int buffer, int length)
    {
        ObjectDisposedException.ThrowIf(!IsRented, this);
        if (_arrays[buffer] is null)
        {
            (_own[buffer], _ownBases[buffer]) = AlignedBuffer<T>.Allocate(length);
            Reset(buffer);
        }

        return _arrays[buffer].AsSpan(_bases[buffer], length);
    }

    private void Bind(int slot, T[] buffer, int offset)
    {
        ObjectDisposedException.ThrowIf(!IsRented, this);
        ArgumentNullException.ThrowIfNull(buffer);
        int length = Length(slot);
        if (offset < 0 || offset > buffer.Length - length)
        {
            throw new ArgumentException(
                $"The window of '{Name(slot)}' needs {length} elements from {offset}, but the buffer has {buffer.Length}.", nameof(buffer));
        }

        bool isOutput = IsOutput(slot);
        for (int other = FirstInputBuffer; other < _arrays.Length; other++)
        {
            if (other != slot && (isOutput || IsOutput(other)) && ReferenceEquals(_arrays[other], buffer) && length > 0 && Length(other) > 0
                && offset < _bases[other] + Length(other) && _bases[other] < offset + length)
            {
                throw new ArgumentException(
                    $"The window of '{Name(slot)}' overlaps that of '{Name(other)}'; a plan may write an output before it has read all "
                    + "inputs.", nameof(buffer));
            }
        }

        _arrays[slot] = buffer;
        _bases[slot] = offset;
    }

    private bool IsOutput(int buffer) => buffer >= FirstInputBuffer + _plan.Inputs.Count;

    private Variable Io(int buffer) =>
        IsOutput(buffer) ? _plan.Outputs[buffer - FirstInputBuffer - _plan.Inputs.Count] : _plan.Inputs[buffer - FirstInputBuffer];

    private string Name(int buffer) => Io(buffer).Name;

    private int Length(int buffer) => Io(buffer).Shape.ElementCount;

    private void Point(int buffer, T[] array, int offset)
    {
        _arrays[buffer] = array;
        _bases[buffer] = offset;
    }

    private void Reset(int buffer)
    {
        _arrays[buffer] = _own[buffer];
        _bases[buffer] = _ownBases[buffer];
    }

    private static void CheckIndex(int index, int count, string kind)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"There is no {kind} {index}; the plan has {count}.");
        }
    }
}

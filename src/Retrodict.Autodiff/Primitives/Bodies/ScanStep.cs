using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Runs a loop: the body's plan, once a time step, on windows of the sequences where they stand. The carry goes back and forth between two
/// buffers.
/// </summary>
internal sealed class ScanStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Plan<T> _body;
    private readonly int _constants;
    private readonly int _carries;
    private readonly int _length;
    private readonly bool _backward;
    private readonly int[] _carryOffsets;
    private readonly int _carryLength;
    private readonly Window[] _results;

    public ScanStep(Storage storage, Function body, int constants, int carries, int length, bool backward)
        : base(storage)
    {
        _body = body.Compile<T>(storage.Options);
        _constants = constants;
        _carries = carries;
        _length = length;
        _backward = backward;
        _results = storage.Results;
        _carryOffsets = new int[carries];
        for (int i = 0; i < carries; i++)
        {
            _carryOffsets[i] = _carryLength;
            _carryLength += AlignedBuffer<T>.RoundUp(CarryLength(i));
        }
    }

    public override double Operations => _length * _body.Operations;

    public override long StateLength => (_body.ArenaBytes / System.Runtime.CompilerServices.Unsafe.SizeOf<T>()) + (2L * _carryLength);

    public override object NewState() => new State(_body.Rent(), AlignedBuffer<T>.Allocate(2 * _carryLength));

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        var state = (State)workspace.State(this);
        Workspace<T> body = state.Body;
        (T[] carry, int from) = state.Carry;
        int to = from + _carryLength;
        for (int i = 0; i < _constants; i++)
        {
            (T[] array, int offset) = workspace.Locate(Operand(i));
            body.PointInput(i, array, offset);
        }

        for (int i = 0; i < _carries; i++)
        {
            workspace.Read(Operand(_constants + i)).CopyTo(carry.AsSpan(from + _carryOffsets[i]));
        }

        for (int step = 0; step < _length; step++)
        {
            int time = _backward ? _length - 1 - step : step;
            for (int i = 0; i < _carries; i++)
            {
                body.PointInput(_constants + i, carry, from + _carryOffsets[i]);
                body.PointOutput(i, carry, to + _carryOffsets[i]);
            }

            for (int i = _constants + _carries; i < _body.Inputs.Count; i++)
            {
                (T[] array, int offset) = workspace.Locate(Operand(i));
                body.PointInput(i, array, offset + (time * _body.Inputs[i].Shape.ElementCount));
            }

            for (int i = _carries; i < _body.Outputs.Count; i++)
            {
                (T[] array, int offset) = workspace.Locate(_results[i]);
                body.PointOutput(i, array, offset + (time * _body.Outputs[i].Shape.ElementCount));
            }

            body.Run();
            (from, to) = (to, from);
        }

        for (int i = 0; i < _carries; i++)
        {
            carry.AsSpan(from + _carryOffsets[i], CarryLength(i)).CopyTo(workspace.Write(_results[i]));
        }
    }

    private int CarryLength(int carry) => _body.Outputs[carry].Shape.ElementCount;

    private sealed record State(Workspace<T> Body, (T[] Array, int Base) Carry);
}

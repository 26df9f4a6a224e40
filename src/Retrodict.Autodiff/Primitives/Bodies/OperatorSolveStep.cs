using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>Solves A v = b by GMRES, an instance at a time; NaN where it does not converge.</summary>
internal sealed class OperatorSolveStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Plan<T> _product;
    private readonly Gmres<T> _gmres;
    private readonly InstancePoints _points;
    private readonly Window[] _operands;
    private readonly int _instances;
    private readonly int _n;

    public OperatorSolveStep(Storage storage, Function product, KrylovOptions options, int instances, bool[] flags)
        : base(storage)
    {
        _product = product.Compile<T>(storage.Options);
        _n = product.Inputs[^1].Shape.ElementCount;
        _gmres = new Gmres<T>(_n, options);
        _points = new InstancePoints([.. product.Inputs.Select(input => input.Shape)], flags);
        _operands = storage.Operands;
        _instances = instances;
    }

    public override long StateLength => (_product.ArenaBytes / System.Runtime.CompilerServices.Unsafe.SizeOf<T>()) + _gmres.MemoryLength;

    public override object NewState() => new State(_product.Rent(), new T[_gmres.MemoryLength]);

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        var state = (State)workspace.State(this);
        Span<T> results = workspace.Write(Result);
        int parameters = _operands.Length - 1;
        for (int instance = 0; instance < _instances; instance++)
        {
            Span<T> result = results.Slice(instance * _n, _n);
            _points.Point(workspace, state.Product, _operands, parameters, instance);
            _points.Read(workspace, _operands[^1], parameters, instance).CopyTo(result);
            if (!_gmres.Solve(state.Product, parameters, result, state.Memory))
            {
                result.Fill(T.NaN);
            }
        }
    }

    private sealed record State(Workspace<T> Product, T[] Memory);
}

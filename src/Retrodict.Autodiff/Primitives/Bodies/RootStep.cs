using System.Numerics;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Newton's method with backtracking on the length of the residual, an instance at a time; each stops when it has converged. An instance
/// that does not gets NaN and the flag 0.
/// </summary>
internal sealed class RootStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaximumHalvings = 30;

    private readonly Plan<T> _residual;
    private readonly Plan<T>? _jacobian;
    private readonly Plan<T>? _product;
    private readonly Gmres<T>? _gmres;
    private readonly InstancePoints _points;
    private readonly RootOptions _options;
    private readonly T _tolerance;
    private readonly Window[] _operands;
    private readonly Window _flag;
    private readonly int _instances;
    private readonly int _n;

    public RootStep(Storage storage, Function residual, RootOptions options, int instances, bool[] flags)
        : base(storage)
    {
        int unknown = residual.Inputs.Count - 1;
        _residual = residual.Compile<T>(storage.Options);
        if (options.Krylov is { } krylov)
        {
            Function jvp = ForwardMode.Jvp(residual, [unknown]);
            _product = jvp.Restricted([.. Enumerable.Range(0, jvp.Inputs.Count)], [1]).Compile<T>(storage.Options);
            _gmres = new Gmres<T>(residual.Inputs[^1].Shape.ElementCount, krylov);
        }
        else
        {
            _jacobian = Jacobians.Of(residual, unknown).Compile<T>(storage.Options);
        }

        _options = options;

        // No finer than the element type can tell.
        _tolerance = T.Max(
            T.CreateTruncating(options.Tolerance ?? (typeof(T) == typeof(float) ? 1e-5 : 1e-10)),
            T.CreateChecked(8) * (T.BitIncrement(T.One) - T.One));
        _operands = storage.Operands;
        _flag = storage.Results[1];
        _instances = instances;
        _n = residual.Inputs[^1].Shape.ElementCount;
        _points = new InstancePoints([.. residual.Inputs.Select(input => input.Shape)], flags);
    }

    public override long StateLength =>
        ((_residual.ArenaBytes + (_jacobian?.ArenaBytes ?? 0) + (_product?.ArenaBytes ?? 0))
            / System.Runtime.CompilerServices.Unsafe.SizeOf<T>())
        + (5L * _n) + (_jacobian is null ? _gmres!.MemoryLength : (long)_n * _n);

    public override object NewState() => new State(this);

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        var state = (State)workspace.State(this);
        Span<T> roots = workspace.Write(Result);
        Span<T> flags = workspace.Write(_flag);
        for (int instance = 0; instance < _instances; instance++)
        {
            Span<T> root = roots.Slice(instance * _n, _n);
            bool converged = Solve(workspace, state, instance);
            if (converged)
            {
                state.X.AsSpan().CopyTo(root);
            }
            else
            {
                root.Fill(T.NaN);
            }

            flags[instance] = converged ? T.One : T.Zero;
        }
    }

    private bool Solve(Workspace<T> workspace, State state, int instance)
    {
        int parameters = _operands.Length - 1;
        _points.Point(workspace, state.Residual, _operands, parameters, instance);
        _points.Point(workspace, state.Linear, _operands, parameters, instance);
        ReadOnlySpan<T> guess = _points.Read(workspace, _operands[^1], parameters, instance);
        guess.CopyTo(state.X);
        T norm = Residual(state, state.X);
        for (int iteration = 0; iteration <= _options.MaxIterations; iteration++)
        {
            if (norm == T.Zero)
            {
                return true;
            }

            if (!T.IsFinite(norm) || iteration == _options.MaxIterations || !Step(state))
            {
                return false;
            }

            // A step this short is taken without asking the residual, which may be down to rounding.
            T length = Length(state.Delta);
            T scale = T.Max(Length(state.X), Distance(state.X, guess));
            if (length <= _tolerance * scale)
            {
                Move(state, T.One);
                (state.X, state.Trial) = (state.Trial, state.X);
                return true;
            }

            if (!Backtrack(state, ref norm))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The residual at x; returns its length.</summary>
    private static T Residual(State state, T[] x)
    {
        x.AsSpan().CopyTo(state.Residual.Input(state.Last));
        state.Residual.Run();
        return Length(state.Residual.Output(0));
    }

    /// <summary>Newton's step at x, where the residual has just been computed.</summary>
    private bool Step(State state)
    {
        ReadOnlySpan<T> residual = state.Residual.Output(0);
        Workspace<T> linear = state.Linear;
        state.X.AsSpan().CopyTo(linear.Input(_operands.Length - 1));
        for (int i = 0; i < _n; i++)
        {
            state.Delta[i] = -residual[i];
        }

        if (_gmres is { } gmres)
        {
            return gmres.Solve(linear, _operands.Length, state.Delta, state.Gmres!);
        }

        linear.Run();
        linear.Output(0).CopyTo(state.Matrix);
        if (LuFactorization.Factor<T>(state.Matrix, _n, state.Pivots, state.Workspace) >= 0)
        {
            return false;
        }

        LuFactorization.Solve<T>(state.Matrix, _n, state.Pivots, state.Delta, 1, state.Workspace);
        return true;
    }

    private static bool Backtrack(State state, ref T norm)
    {
        T factor = T.One;
        T half = T.CreateChecked(0.5);
        for (int halving = 0; halving <= MaximumHalvings; halving++, factor *= half)
        {
            Move(state, factor);
            T trial = Residual(state, state.Trial);
            if (trial <= (T.One - (T.CreateChecked(1e-4) * factor)) * norm)
            {
                (state.X, state.Trial) = (state.Trial, state.X);
                norm = trial;
                return true;
            }
        }

        return false;
    }

    private static void Move(State state, T factor)
    {
        for (int i = 0; i < state.X.Length; i++)
        {
            state.Trial[i] = state.X[i] + (factor * state.Delta[i]);
        }
    }

    private static T Length(ReadOnlySpan<T> values)
    {
        T sum = T.Zero;
        foreach (T value in values)
        {
            sum += value * value;
        }

        return T.Sqrt(sum);
    }

    private static T Distance(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
    {
        T sum = T.Zero;
        for (int i = 0; i < left.Length; i++)
        {
            T difference = left[i] - right[i];
            sum += difference * difference;
        }

        return T.Sqrt(sum);
    }

    private sealed class State(RootStep<T> step)
    {
        public Workspace<T> Residual { get; } = step._residual.Rent();

        /// <summary>The Jacobian's workspace, or that of products with it.</summary>
        public Workspace<T> Linear { get; } = (step._jacobian ?? step._product!).Rent();

        /// <summary>Position of x among the residual's inputs.</summary>
        public int Last { get; } = step._operands.Length - 1;

        public T[] X { get; set; } = new T[step._n];

        public T[] Trial { get; set; } = new T[step._n];

        public T[] Delta { get; } = new T[step._n];

        public T[] Matrix { get; } = step._jacobian is null ? [] : new T[step._n * step._n];

        public int[] Pivots { get; } = new int[step._n];

        public T[] Workspace { get; } = step._jacobian is null
            ? []
            : new T[Math.Max(LuFactorization.WorkspaceLength<T>(step._n), LuFactorization.SolveWorkspaceLength<T>(step._n, 1))];

        public T[]? Gmres { get; } = step._gmres is { } gmres ? new T[gmres.MemoryLength] : null;
    }
}

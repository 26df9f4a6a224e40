using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>A function of one output for several instances at once, whose rows are given and taken in double precision.</summary>
internal abstract class BatchedRun
{
    /// <summary>Compiles a function.</summary>
    /// <returns>Makes runs, each for one caller at a time.</returns>
    public static Func<BatchedRun> Compile(Function function, LaneSizes sizes, Precision precision, PlanOptions options)
    {
        return precision == Precision.Float64 ? Of<double>() : Of<float>();

        Func<BatchedRun> Of<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var plans = new LanePlans<T>(function, sizes, options);
            return () => new PlannedRun<T>(plans);
        }
    }

    /// <summary>Sets an instance's row of an input.</summary>
    public abstract void Set(int input, int lane, ReadOnlySpan<double> row);

    /// <summary>Computes the output of the first instances.</summary>
    public abstract void Evaluate(int count);

    /// <summary>An instance's row of the output.</summary>
    public abstract void Get(int lane, Span<double> row);

    private sealed class PlannedRun<T> : BatchedRun
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[][] _inputs;
        private readonly T[] _output;
        private readonly int[] _lengths;
        private readonly int _length;
        private readonly LaneRun<T> _run;

        public PlannedRun(LanePlans<T> plans)
        {
            _lengths = [.. plans.Function.Inputs.Select(input => input.Shape.ElementCount)];
            _length = plans.Function.Outputs[0].Shape.ElementCount;
            _inputs = [.. _lengths.Select(length => new T[plans.Sizes.Most * length])];
            _output = new T[plans.Sizes.Most * _length];
            _run = new LaneRun<T>(plans, _inputs, [_output]);
        }

        public override void Set(int input, int lane, ReadOnlySpan<double> row) =>
            PrecisionConversion.Convert(row, _inputs[input].AsSpan(lane * _lengths[input], _lengths[input]));

        public override void Evaluate(int count) => _run.Run(count);

        public override void Get(int lane, Span<double> row) =>
            PrecisionConversion.Convert<T, double>(_output.AsSpan(lane * _length, _length), row);
    }
}

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Products with an external model's Jacobian by central differences, with a step of the cube root of the rounding unit times x's size.
/// </summary>
internal sealed class ExternalDifferences(ExternalModel model)
{
    private static readonly double _relativeStep = Math.Cbrt(double.BitIncrement(1) - 1);

    [ThreadStatic]
    private static double[]? _memory;

    public ExternalProduct Product(bool reverse) => reverse ? Reverse : Forward;

    private void Forward(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> product)
    {
        double length = Largest(direction);
        if (length == 0)
        {
            return;
        }

        Difference(x, direction, _relativeStep * Math.Max(Largest(x), 1) / length, product);
    }

    private void Reverse(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product)
    {
        // Component by component of x: the difference of <F(x), cotangent>.
        Span<double> column = Memory().Slice(x.Length + model.Output.ElementCount, model.Output.ElementCount);
        for (int i = 0; i < x.Length; i++)
        {
            double step = _relativeStep * Math.Max(Math.Abs(x[i]), 1);
            DifferenceAlong(x, i, step, column);
            for (int j = 0; j < column.Length; j++)
            {
                // Zeros are strong, as in all derivative rules.
                product[i] += cotangent[j] == 0 ? 0 : column[j] * cotangent[j];
            }
        }
    }

    private void Difference(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, double step, Span<double> result)
    {
        Span<double> moved = Memory()[..x.Length];
        Span<double> other = Memory().Slice(x.Length, result.Length);
        for (int i = 0; i < x.Length; i++)
        {
            moved[i] = x[i] + (step * direction[i]);
        }

        model.Evaluate(moved, result);
        for (int i = 0; i < x.Length; i++)
        {
            moved[i] = x[i] - (step * direction[i]);
        }

        model.Evaluate(moved, other);
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = (result[j] - other[j]) / (2 * step);
        }
    }

    private void DifferenceAlong(ReadOnlySpan<double> x, int component, double step, Span<double> result)
    {
        Span<double> moved = Memory()[..x.Length];
        Span<double> other = Memory().Slice(x.Length, result.Length);
        x.CopyTo(moved);
        moved[component] = x[component] + step;
        double width = moved[component];
        model.Evaluate(moved, result);
        moved[component] = x[component] - step;
        width -= moved[component];
        model.Evaluate(moved, other);
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = (result[j] - other[j]) / width;
        }
    }

    private Span<double> Memory()
    {
        int needed = model.Input.ElementCount + (2 * model.Output.ElementCount);
        if (_memory is null || _memory.Length < needed)
        {
            _memory = new double[needed];
        }

        return _memory;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>A Jacobian equals forward products with the unit vectors, whether it is taken forward (tall) or in reverse (wide).</summary>
internal static class JacobianLaw
{
    private const int LargestInput = 64;

    public static void Check(Subject subject, Random random)
    {
        Function function = subject.Function;
        int input = random.Next(function.Inputs.Count);
        int size = function.Inputs[input].Shape.ElementCount;
        if (size > LargestInput)
        {
            return;
        }

        double[][] point = subject.SamplePoint(random);
        Function tall = Single(
            function, flat => Value.Concatenate(0, [.. Enumerable.Repeat(flat, (size / Math.Max(flat.Shape[0], 1)) + 2)]));
        Function wide = Single(function, flat => flat.Shape[0] == 0 ? flat.Sum() : flat.Slice(0, flat.Shape[0] - 1, flat.Shape[0]));
        foreach (Function single in new[] { tall, wide })
        {
            string name = single.Inputs[input].Name;
            Function jacobian = single.Jacobian(name);
            Assert.Equal([.. single.Outputs[0].Shape, .. single.Inputs[input].Shape], jacobian.Outputs[0].Shape);
            Numbers.AssertClose("Jacobian", Columns(single, input, point), Numbers.Run(jacobian, point)[0], 1e-12);
        }
    }

    private static double[] Columns(Function single, int input, double[][] point)
    {
        Plan<double> jvp = single.Jvp(single.Inputs[input].Name).Compile<double>(Numbers.Simplified);
        int rows = single.Outputs[0].Shape.ElementCount;
        int columns = point[input].Length;
        var jacobian = new double[rows * columns];
        for (int column = 0; column < columns; column++)
        {
            var unit = new double[columns];
            unit[column] = 1;
            double[] tangent = jvp.Evaluate([.. point, unit])[1];
            for (int row = 0; row < rows; row++)
            {
                jacobian[(row * columns) + column] = tangent[row];
            }
        }

        return jacobian;
    }

    /// <summary>All outputs in one vector, then a function of it.</summary>
    private static Function Single(Function function, Func<Value, Value> then) => Function.Trace(
        [.. function.Inputs.Select(input => (input.Name, input.Shape))],
        inputs => [("y", then(Value.Concatenate(0, [.. function.Apply([.. inputs]).Select(y => y.Flatten())])))],
        "single");
}

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>
/// The Hessian of a scalar made of the outputs is symmetric, and forward over reverse, reverse over forward and reverse over reverse agree
/// on it.
/// </summary>
internal static class SecondOrderLaw
{
    private const double Tolerance = 1e-11;

    public static void Check(Subject subject, Random random)
    {
        Function scalar = Scalar(subject.Function);
        double[][] point = subject.SamplePoint(random);
        double[][] v = Subject.SampleDirection(scalar.Inputs, random);
        double[][] w = Subject.SampleDirection(scalar.Inputs, random);
        int inputs = scalar.Inputs.Count;

        Function gradient = scalar.Gradient();
        Function forwardOverReverse = gradient.Jvp();
        double[][] hv = Numbers.Run(forwardOverReverse, [.. point, .. v])[inputs..];
        double[][] hw = Numbers.Run(forwardOverReverse, [.. point, .. w])[inputs..];

        // The cotangents of (y, dy) are (0, 1): the derivative of v . grad f by x.
        double[][] reverseOverForward = Numbers.Run(scalar.Jvp().Vjp(Names(scalar)), [.. point, .. v, [0.0], [1.0]])[2..];
        double[][] reverseOverReverse = Numbers.Run(gradient.Vjp(), [.. point, .. v])[inputs..];
        double vhw = Numbers.Dot(v, hw);
        double whv = Numbers.Dot(w, hv);
        if (subject.HasTrueDerivatives)
        {
            Numbers.AssertClose("reverse over forward", hv, reverseOverForward, Tolerance);
            Numbers.AssertClose("reverse over reverse", hv, reverseOverReverse, Tolerance);
            double scale = (Numbers.Norm(v) * Numbers.Norm(hw)) + (Numbers.Norm(w) * Numbers.Norm(hv));
            Assert.True(Math.Abs(vhw - whv) <= Tolerance * Math.Max(scale, 1), $"the Hessian is not symmetric: {vhw:R} and {whv:R}.");
            CheckHessianVectorProduct(scalar, point, v, hv, random);
        }
    }

    private static void CheckHessianVectorProduct(Function scalar, double[][] point, double[][] v, double[][] hv, Random random)
    {
        // The Hessian-vector product by one input is a block of the whole one.
        int input = random.Next(scalar.Inputs.Count);
        Function product = scalar.HessianVectorProduct(scalar.Inputs[input].Name);
        double[][] others = [.. v.Select((direction, i) => i == input ? new double[direction.Length] : direction)];
        double[][] mixed = Numbers.Run(scalar.Gradient().Jvp(), [.. point, .. others])[scalar.Inputs.Count..];
        double[] block = hv[input].Zip(mixed[input], (all, rest) => all - rest).ToArray();
        Numbers.AssertClose("Hessian-vector product", block, Numbers.Run(product, [.. point, v[input]])[0], Tolerance);
    }

    /// <summary>Sum over all outputs of w y + y^2 / 2 with fixed weights w.</summary>
    public static Function Scalar(Function function) => Function.Trace(
        [.. function.Inputs.Select(input => (input.Name, input.Shape))],
        inputs =>
        {
            Value sum = 0;
            foreach (Value y in function.Apply([.. inputs]))
            {
                var weights = Value.Constant([.. Enumerable.Range(0, y.Shape.ElementCount).Select(i => Math.Cos(1 + (2 * i)))], y.Shape);
                sum += ((y * weights) + (0.5 * y * y)).Sum();
            }

            return [("s", sum)];
        },
        "scalar");

    private static string[] Names(Function function) => [.. function.Inputs.Select(input => input.Name)];
}

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>A branch that is not taken contributes nothing to derivatives, whatever infinities and NaN it computes with.</summary>
internal static class UntakenBranchLaw
{
    /// <summary>How the untaken branch's inputs become infinite, NaN, or infinite in places.</summary>
    public static IReadOnlyDictionary<string, Func<Value, Value>> Spoilers { get; } = new Dictionary<string, Func<Value, Value>>
    {
        ["negative infinity"] = x => Value.Log(0 * x),
        ["infinity"] = x => Value.Exp(1e9 * (1 + (x * x))),
        ["NaN"] = x => Value.Sqrt(-1 - (x * x)),
        ["some infinities"] = x =>
            1 / (x * Value.Constant([.. Enumerable.Range(0, x.Shape.ElementCount).Select(i => i % 3 == 1 ? 0.0 : 1)], x.Shape)),
        ["finite with an infinite slope"] = x => x + Value.Sqrt(0 * x),
    };

    private static readonly Dictionary<string, (Func<Function, Function> Transform, bool HasSamples)> _transforms = new()
    {
        ["gradient"] = (Gradient, false),
        ["forward mode"] = (f => f.Jvp(Differentiated(f)), false),
        ["Jacobian"] = (f => f.Jacobian(f.Inputs[0].Name), false),
        ["batch of gradients"] = (f => Gradient(f).Batch(2), true),
        ["gradient of a batch"] = (f => f.Batch(2).Vjp(Differentiated(f)), true),
        ["forward over reverse"] = (f => Gradient(f).Jvp(Differentiated(f)), false),
        ["reverse over reverse"] = (f => Gradient(f).Vjp(Differentiated(f)), false),
        ["reverse over forward"] = (f => f.Jvp(Differentiated(f)).Vjp(Differentiated(f)), false),
        ["batch of second derivatives"] = (f => Gradient(f).Vjp(Differentiated(f)).Batch(2), true),
    };

    /// <summary>
    /// Checks derivatives of select(mask, f(spoiled x), safe(x)) where the mask is 0, fused and as written, in float and double.
    /// </summary>
    public static void Check(PrimitiveCase c, string spoiler)
    {
        Function spoiled = Program(c, Spoilers[spoiler], isSafe: false);
        Function safe = Program(c, Spoilers[spoiler], isSafe: true);
        Random random = c.Random(spoiler);
        foreach ((string name, (Func<Function, Function> transform, bool hasSamples)) in _transforms)
        {
            (Function actual, Function expected) = (transform(spoiled), transform(safe));
            double[][] point = [.. actual.Inputs.Select(input => Point(c, input, hasSamples, random))];
            double[][] wanted = Numbers.Run(expected, point);
            string what = $"{name}, {spoiler}";
            Compare(what, wanted, Numbers.Run(actual, point), hasSamples, 1e-12);
            Compare($"{what}, as written", wanted, actual.Compile<double>(Numbers.AsWritten).Evaluate(point), hasSamples, 1e-12);
            float[][] narrow = Numbers.Narrowed(point);
            Compare(
                $"{what}, float", wanted, Numbers.Widened(actual.Compile<float>(Numbers.Simplified).Evaluate(narrow)), hasSamples, 2e-4);
        }
    }

    private static string[] Differentiated(Function f) => [.. f.Inputs.Select(input => input.Name).Where(name => name.Length == 1)];

    private static Function Gradient(Function f) => f.Gradient(Differentiated(f));

    private static Function Program(PrimitiveCase c, Func<Value, Value> spoil, bool isSafe)
    {
        (string, Shape)[] inputs = [.. c.Inputs.Select((input, i) => (((char)('a' + i)).ToString(), input.Shape)), ("mask", Shape.Scalar)];
        return Function.Trace(
            inputs,
            values =>
            {
                Value[] x = [.. values.Take(c.Inputs.Length)];
                Value safe = x.Aggregate((Value)0, (sum, v) => sum + (v * v * v).Sum());
                IEnumerable<Value> results = isSafe
                    ? [.. c.Trace().Outputs.Select(output => safe.BroadcastTo(output.Shape))]
                    : c.Trace().Apply([.. x.Select(spoil)]).Select(y => Value.Select(values["mask"], y, safe.BroadcastTo(y.Shape)));
                return [("y", results.Aggregate((Value)0, (sum, y) => sum + y.Sum()))];
            });
    }

    /// <summary>The first sample of a batch does not take the branch; the second does.</summary>
    private static double[] Point(PrimitiveCase c, Variable input, bool hasSamples, Random random)
    {
        int count = input.Shape.ElementCount;
        if (input.Name == "mask")
        {
            return hasSamples ? [0, 1] : [0];
        }

        return input.Name.Length == 1
            ? c.Inputs[input.Name[0] - 'a'].Domain.Sample(random, count)
            : Domain.Direction.Sample(random, count);
    }

    private static void Compare(string what, double[][] expected, double[][] actual, bool hasSamples, double relative)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            int length = hasSamples ? expected[i].Length / 2 : expected[i].Length;
            Numbers.AssertClose($"{what}, output {i}", expected[i][..length], actual[i][..length], relative);
        }
    }
}

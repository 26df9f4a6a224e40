using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>Lengths around whole vectors, and one function compiled for both element types against a scalar reference.</summary>
internal static class Lengths
{
    public static int[] All { get; } = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100];

    public static TheoryData<int> Data => [.. All];

    public static double[] Sample(int length, int seed, double low = 0.5, double high = 2)
    {
        var random = new Random(seed);
        return Domain.Generate(length, () => (float)(low + ((high - low) * random.NextDouble())));
    }

    /// <summary>Double to 1e-14 and float to 1e-6, relative to the largest result; programs as written and simplified.</summary>
    public static void AssertComputes(Function function, double[][] inputs, double[] expected, double growth = 1)
    {
        Numbers.AssertClose($"{function.Name} as double", [expected], Numbers.Run(function, inputs), 1e-14 * growth);
        Numbers.AssertClose(
            $"{function.Name} as written", [expected], function.Compile<double>(Numbers.AsWritten).Evaluate(inputs), 1e-14 * growth);
        float[][] single = function.Compile<float>(Numbers.Simplified).Evaluate(Numbers.Narrowed(inputs));
        Numbers.AssertClose($"{function.Name} as float", [expected], Numbers.Widened(single), 1e-6 * growth);
    }
}

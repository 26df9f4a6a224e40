using System.Numerics;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>Functions that several tests run, and data for them.</summary>
internal static class Programs
{
    /// <summary>A small network: two layers, one sample.</summary>
    public static Function Small { get; } = Function.Trace(
        [("x", 7), ("w1", [9, 7]), ("b1", 9), ("w2", [3, 9])],
        v => [("y", Value.MatMul(v["w2"], Value.Tanh(Value.MatMul(v["w1"], v["x"]) + v["b1"]))), ("norm", Value.Square(v["x"]).Sum())],
        "small");

    /// <summary>
    /// Steps that split into parts: elementwise, both kinds of broadcast, both kinds of reduction, a contraction and a batch of
    /// contractions.
    /// </summary>
    public static Function Large { get; } = Function.Trace(
        [("a", [500, 400]), ("b", [400, 300]), ("row", 400), ("column", [500, 1]), ("stack", [60, 40, 50])],
        v =>
        {
            Value activated = Value.Tanh((v["a"] * v["row"]) + v["column"]);
            return
            [
                ("activated", activated),
                ("flat", Value.Sin(v["a"].Flatten()) / (1 + Value.Square(v["a"].Flatten()))),
                ("rows", activated.Sum(1)),
                ("columns", activated.Sum(0)),
                ("largest", activated.Max(-1)),
                ("total", activated.Mean()),
                ("product", Value.MatMul(activated, v["b"])),
                ("batch", Value.MatMul(v["stack"], v["stack"].Permute(0, 2, 1))),
                ("middle", v["a"].Reshape(500, 40, 10).Sum(1)),
            ];
        },
        "large");

    /// <summary>Elements in (-1, 1) that depend on the seed.</summary>
    public static T[] Data<T>(int count, int seed)
        where T : INumber<T>
    {
        var random = new Random(seed);
        var data = new T[count];
        for (int i = 0; i < count; i++)
        {
            data[i] = T.CreateTruncating((2 * random.NextDouble()) - 1);
        }

        return data;
    }

    public static T[][] Inputs<T>(Function function, int seed)
        where T : INumber<T> => [.. function.Inputs.Select((input, i) => Data<T>(input.Shape.ElementCount, seed + i))];

    public static void Fill<T>(Workspace<T> workspace, T[][] inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i].CopyTo(workspace.Input(i));
        }
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>A quick pass over all kinds of kernels. <see cref="VectorWidthTests"/> runs it again with narrower registers and compares the bits.</summary>
public class SmokeTests
{
    /// <summary>Names the file that receives the digest of all results.</summary>
    public const string DigestFileVariable = "RETRODICT_TEST_DIGEST_FILE";

    private static readonly (string Name, Func<Value, Value> Traced, Func<double, double> Plain)[] _functions =
    [
        ("exp", Value.Exp, Math.Exp), ("expm1", Value.ExpM1, x => Math.Exp(x) - 1), ("log", x => Value.Log(x + 2), x => Math.Log(x + 2)),
        ("logp1", x => Value.LogP1(x * 0.5), x => Math.Log(1 + (0.5 * x))), ("sqrt", x => Value.Sqrt(x + 1), x => Math.Sqrt(x + 1)),
        ("sin", x => Value.Sin(x * 9), x => Math.Sin(9 * x)), ("cos", x => Value.Cos(x * 9), x => Math.Cos(9 * x)), ("atan", x => Value.Atan(x * 5), x => Math.Atan(5 * x)),
        ("tanh", x => Value.Tanh(x * 3), x => Math.Tanh(3 * x)), ("sigmoid", Value.Sigmoid, x => 1 / (1 + Math.Exp(-x))),
        ("softplus", Value.Softplus, x => Math.Log(1 + Math.Exp(x))), ("pow", x => Value.Pow(x + 1.5, x), x => Math.Pow(x + 1.5, x)),
        ("reciprocal", x => Value.Reciprocal(x + 2), x => 1 / (x + 2)), ("divide", x => x / (x + 3), x => x / (x + 3)), ("abs", Value.Abs, Math.Abs),
        ("select", x => Value.Select(x > 0.25, x, -x * 2), x => x > 0.25 ? x : -x * 2), ("leaky", x => Value.LeakyRelu(x, 0.1), x => x > 0 ? x : 0.1 * x),
        ("clamp", x => Value.Clamp(x, -0.5, 0.5), x => Math.Clamp(x, -0.5, 0.5)), ("floor", x => Value.Floor(x * 10), x => Math.Floor(10 * x)),
    ];

    [Fact]
    public void Float_results_are_right_to_rounding() => Check<float>(2e-5);

    [Fact]
    public void Double_results_are_right_to_rounding() => Check<double>(2e-14);

    [Fact]
    public void The_digest_is_the_same_for_every_run()
    {
        string digest = Digest<float>() + Digest<double>();
        Assert.Equal(digest, Digest<float>() + Digest<double>());
        if (Environment.GetEnvironmentVariable(DigestFileVariable) is { Length: > 0 } path)
        {
            File.WriteAllText(path, $"{digest} {Instructions()}");
        }
    }

    /// <summary>Which of the instruction sets that <see cref="VectorWidthTests"/> takes away this process has.</summary>
    internal static string Instructions() =>
        $"DOTNET_EnableAVX512={Avx512F.IsSupported} DOTNET_EnableAVX2={Avx2.IsSupported} DOTNET_EnableHWIntrinsic={Vector128.IsHardwareAccelerated}";

    internal static string Digest<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (T[] result in Results<T>(Elementwise(1003), 1).Concat(Results<T>(Structured(), 2)).Concat(Results<T>(Structured().Gradient(), 3))
            .Concat(Results<T>(Transformed(), 4)).Concat(Results<T>(Convolved().Batch(3, "x").Vjp(), 5))
            .Concat(Results<T>(ShortLines().Batch(3, "x").Vjp(), 6)))
        {
            hash.AppendData(MemoryMarshal.AsBytes(result.AsSpan()));
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    private static T[][] Results<T>(Function function, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => function.Compile<T>().Evaluate(Programs.Inputs<T>(function, seed));

    private static Function Elementwise(int length) => Function.Trace([("x", length)], v => [.. _functions.Select(f => (f.Name, f.Traced(v[0])))]);

    /// <summary>Fourier transforms along inner, middle and outer axes with all butterflies, single lines, and Bluestein's convolution.</summary>
    private static Function Transformed() => Function.Trace(
        [("a", [3, 40, 35]), ("line", 1250), ("prime", [67, 9]), ("odd", [2, 143])],
        v =>
        {
            ComplexValue a = Value.Fft(new ComplexValue(v["a"], Value.Sin(v["a"])));
            ComplexValue line = Value.RealFft(v["line"]);
            ComplexValue odd = Value.Fft(ComplexValue.FromReal(v["odd"]), 1);
            return
            [
                ("re", a.Real), ("im", a.Imaginary), ("lineRe", line.Real), ("lineIm", line.Imaginary), ("back", Value.InverseRealFft(line * line, 1250)),
                ("prime", Value.RealFft(v["prime"], 0).Imaginary), ("odd", odd.Real), ("sine", Value.SineTransform(v["a"], 1, true)),
                ("cosine", Value.CosineTransform(v["a"], 2, true)),
            ];
        });

    private static Function Convolved() => Function.Trace(
        [("x", [3, 17, 23]), ("w", [11, 3, 4, 3]), ("v", [5, 11, 3, 3])],
        v =>
        {
            ConvolutionOptions periodic = new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular };
            Value y = Value.Convolve(Value.Convolve(v["x"], v["w"], new() { Stride = 2, Padding = Padding.Same }), v["v"], periodic);
            return [("y", Value.Resize(y, [13, 11])), ("pooled", Value.AveragePool(y, 2)), ("largest", Value.MaxPool(y, 3))];
        });

    /// <summary>Convolutions whose lines fill half a vector, and whole ones, for either element type.</summary>
    private static Function ShortLines() => Function.Trace(
        [("x", [5, 4, 6, 8]), ("w", [9, 5, 3, 3, 3]), ("v", [7, 9, 3, 3, 3])],
        v =>
        {
            Value y = Value.Convolve(v["x"], v["w"], new() { Padding = Padding.Same });
            return [("narrower", Value.Convolve(y.Slice(3, 0, 4), v["v"], new() { Padding = Padding.Same })), ("y", y)];
        });

    private static Function Structured() => Function.Trace(
        [("a", [37, 29]), ("b", [29, 41]), ("s", [6, 9, 11])],
        v =>
        {
            Value product = Value.MatMul(Value.Tanh(v["a"]), v["b"]);
            Value batch = Value.Einsum("nij,nkj->nik", v["s"], v["s"]) + Value.Eye(9);
            Value solved = Value.SolvePositiveDefinite(batch, v["s"]);
            return [("y", Value.Square(product).Sum(0).Max() + product.Max(1).Sum() + Value.Square(solved).Mean() + Value.Cholesky(batch).Sum())];
        });

    private static void Check<T>(double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Lengths around the widths of registers, so that partial vectors are met too.
        foreach (int length in new[] { 1, 3, 7, 8, 15, 16, 17, 63, 100, 1003 })
        {
            Function f = Elementwise(length);
            T[] x = Programs.Data<T>(length, length);
            T[][] y = f.Compile<T>().Evaluate([x]);
            for (int k = 0; k < _functions.Length; k++)
            {
                for (int i = 0; i < length; i++)
                {
                    double expected = _functions[k].Plain(double.CreateTruncating(x[i]));
                    double actual = double.CreateTruncating(y[k][i]);
                    Assert.True(
                        Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{_functions[k].Name}({x[i]}) is {actual}, not {expected}.");
                }
            }
        }

        double[] reference = [.. Results<double>(Structured(), 2)[0], .. Results<double>(Structured().Gradient(), 2).SelectMany(g => g)];
        T[] results = [.. Results<T>(Structured(), 2)[0], .. Results<T>(Structured().Gradient(), 2).SelectMany(g => g)];
        double largest = reference.Max(Math.Abs);
        Assert.All(reference.Zip(results), pair => Assert.Equal(pair.First / largest, double.CreateTruncating(pair.Second) / largest, tolerance));
        Assert.All(reference, element => Assert.True(double.IsFinite(element)));
    }
}

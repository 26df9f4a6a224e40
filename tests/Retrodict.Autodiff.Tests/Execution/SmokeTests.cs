using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>
/// A quick pass over all kinds of kernels. <see cref="PlanWidthTests"/> runs it again with narrower registers and compares the bits.
/// </summary>
public class SmokeTests
{
    /// <summary>Names the file that receives the digest of all results.</summary>
    public const string DigestFileVariable = "RETRODICT_TEST_DIGEST_FILE";

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

    /// <summary>Which of the instruction sets that <see cref="PlanWidthTests"/> takes away this process has.</summary>
    internal static string Instructions() =>
        $"DOTNET_EnableAVX512={Avx512F.IsSupported} DOTNET_EnableAVX2={Avx2.IsSupported} "
        + $"DOTNET_EnableHWIntrinsic={Vector128.IsHardwareAccelerated}";

    internal static string Digest<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (T[] result in Evaluated<T>(1003).Concat(Results<T>(Structured(), 2)).Concat(Results<T>(Structured().Gradient(), 3))
            .Concat(Results<T>(Transformed(), 4)).Concat(Results<T>(Convolved().Batch(3, "x").Vjp(), 5))
            .Concat(Results<T>(ShortLines().Batch(3, "x").Vjp(), 6)))
        {
            hash.AppendData(MemoryMarshal.AsBytes(result.AsSpan()));
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    private static T[][] Results<T>(Function function, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => function.Compile<T>().Evaluate(Programs.Inputs<T>(function, seed));

    /// <summary>The results of all elementwise operations, each of operands of its own.</summary>
    private static T[][] Evaluated<T>(int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inputs = new List<(string, Shape)>();
        foreach (Operation operation in Operations.All)
        {
            inputs.AddRange(operation.Domains.Select((_, i) => ($"{operation.Name}.{i}", Shape.Of([length]))));
        }

        Function all = Function.Trace([.. inputs], v =>
        {
            int next = 0;
            return [.. Operations.All.Select(
                operation => (operation.Name, operation.Apply([.. operation.Domains.Select(_ => v[next++])])))];
        });
        return all.Compile<T>().Evaluate([.. Operations.All.SelectMany(operation => operation.Sample(length, length)).Select(Narrowed<T>)]);
    }

    private static T[] Narrowed<T>(double[] operand)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. operand.Select(T.CreateTruncating)];

    /// <summary>
    /// Fourier transforms along inner, middle and outer axes with all butterflies, single lines, and Bluestein's convolution.
    /// </summary>
    private static Function Transformed() => Function.Trace(
        [("a", [3, 40, 35]), ("line", 1250), ("prime", [67, 9]), ("odd", [2, 143])],
        v =>
        {
            ComplexValue a = Value.Fft(new ComplexValue(v["a"], Value.Sin(v["a"])));
            ComplexValue line = Value.RealFft(v["line"]);
            ComplexValue odd = Value.Fft(ComplexValue.FromReal(v["odd"]), 1);
            return
            [
                ("re", a.Real), ("im", a.Imaginary), ("lineRe", line.Real), ("lineIm", line.Imaginary),
                ("back", Value.InverseRealFft(line * line, 1250)), ("prime", Value.RealFft(v["prime"], 0).Imaginary), ("odd", odd.Real),
                ("sine", Value.SineTransform(v["a"], 1, true)),
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
            return [("y", Value.Square(product).Sum(0).Max() + product.Max(1).Sum() + Value.Square(solved).Mean()
                + Value.Cholesky(batch).Sum())];
        });

    private static void Check<T>(double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Lengths around the widths of registers, so that partial vectors are met too.
        foreach (int length in new[] { 1, 3, 7, 8, 15, 16, 17, 63, 100, 1003 })
        {
            T[][] results = Evaluated<T>(length);
            foreach ((int k, Operation operation) in Operations.All.Index())
            {
                double[][] operands = operation.Sample(length, length);
                for (int i = 0; i < length; i++)
                {
                    double[] x = [.. operands.Select(operand => operand[i])];
                    double expected = operation.Reference(x);
                    double actual = double.CreateTruncating(results[k][i]);
                    Assert.True(
                        Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)),
                        $"{operation.Name}({string.Join(", ", x)}) is {actual}, not {expected}.");
                }
            }
        }

        double[] reference = [.. Results<double>(Structured(), 2)[0], .. Results<double>(Structured().Gradient(), 2).SelectMany(g => g)];
        T[] computed = [.. Results<T>(Structured(), 2)[0], .. Results<T>(Structured().Gradient(), 2).SelectMany(g => g)];
        double largest = reference.Max(Math.Abs);
        Assert.All(
            reference.Zip(computed), pair => Assert.Equal(pair.First / largest, double.CreateTruncating(pair.Second) / largest, tolerance));
        Assert.All(reference, element => Assert.True(double.IsFinite(element)));
    }
}

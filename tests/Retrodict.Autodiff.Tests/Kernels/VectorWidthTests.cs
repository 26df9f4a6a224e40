using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>
/// The same bits for every vector width: the test program starts itself again with instruction sets switched off and compares
/// fingerprints of some ten thousand results.
/// </summary>
public class VectorWidthTests
{
    private const string FileVariable = "RETRODICT_FINGERPRINT_FILE";

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Every_width_gives_the_same_bits(string instructionSet)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(FileVariable) is not null, "In a child process.");
        var file = Path.GetTempFileName();
        try
        {
            var host = Environment.ProcessPath!;
            var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            {
                start.ArgumentList.Add(typeof(VectorWidthTests).Assembly.Location);
            }

            start.ArgumentList.Add("--filter-method");
            start.ArgumentList.Add($"{typeof(VectorWidthTests).FullName}.{nameof(A_child_writes_its_fingerprint)}");
            start.Environment[instructionSet] = "0";
            start.Environment[FileVariable] = file;
            using var child = Process.Start(start)!;
            var output = child.StandardOutput.ReadToEndAsync();
            var errors = child.StandardError.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.True(child.ExitCode == 0, await output + await errors);

            var lines = await File.ReadAllLinesAsync(file);
            var expected = Fingerprint();
            Assert.Equal(expected.Length, lines.Length - 1);
            Assert.Equal(expected, lines[1..]);
            TestContext.Current.TestOutputHelper?.WriteLine($"{instructionSet}: {lines[0]}");
            if (Vector512.IsHardwareAccelerated)
            {
                Assert.Equal("0", lines[0]);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_child_writes_its_fingerprint()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
        {
            File.WriteAllLines(file, [Vector512.IsHardwareAccelerated ? "1" : "0", .. Fingerprint()]);
        }
    }

    private static string[] Fingerprint() => [.. Fingerprint<double>(), .. Fingerprint<float>()];

    private static IEnumerable<string> Fingerprint<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (x, y, z) = (Inputs<T>(1), Inputs<T>(2), Inputs<T>(3));
        foreach (var operation in Operations.All)
        {
            var result = new T[x.Length];
            var primitive = operation.Instance;
            primitive.Kernel<T>()(x, primitive.Arity > 1 ? y : [], primitive.Arity > 2 ? z : [], result);
            yield return Hash(operation.Name, result);
        }

        var (tame, other) = (x.Where(T.IsFinite).Select(T.Sin).ToArray(), y.Where(T.IsFinite).Select(T.Sin).ToArray());
        yield return Reductions.Sum<T>(tame).ToString("R", CultureInfo.InvariantCulture);
        yield return Reductions.Dot<T>(tame, other.AsSpan(0, tame.Length)).ToString("R", CultureInfo.InvariantCulture);
        var columns = new T[19];
        Reductions.SumColumns(tame.AsSpan(0, 19 * 20), 20, 19, columns);
        yield return Hash("SumColumns", columns);
        foreach (var line in Factorizations<T>())
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Factorizations<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int N = 21;
        var function = Function.Trace([("a", [N, N]), ("band", [5, N]), ("blocks", [3, 7, 7]), ("b", [N, 2])], v =>
        {
            var (values, vectors) = Value.SymmetricEigen(v[0]);
            var (u, s, w) = Value.Svd(v[0].Slice(1, 0, 9));
            var neighbors = v[2].Slice(0, 0, 2);
            return
            [
                ("solve", Value.Solve(v[0], v[3])), ("determinant", Value.Determinant(v[0])),
                ("banded", Value.SolveBanded(v[1], 2, 2, v[3])),
                ("positive", Value.SolveBandedPositive(v[1] + Value.Constant([9, 0, 0, 0, 0], [5, 1]), v[3])),
                ("product", Value.MultiplyBanded(v[1], 1, 3, v[3])),
                ("blocks", Value.SolveBlockTridiagonal(v[2], neighbors, neighbors, v[3].Reshape(3, 7, 2))),
                ("positive blocks", Value.SolveBlockTridiagonalPositive(v[2] + (9 * Value.Eye(7)), neighbors, v[3].Reshape(3, 7, 2))),
                ("least squares", Value.LeastSquares(v[0].Slice(1, 0, 9), v[3])), ("eigenvalues", values), ("eigenvectors", vectors),
                ("u", u), ("s", s), ("v", w),
            ];
        });
        var results = function.Compile<T>().Evaluate(Execution.Programs.Inputs<T>(function, 3));
        return function.Outputs.Select((output, i) => Hash(output.Name, results[i]));
    }

    // One NaN is as good as another: which operand's payload survives is the machine's choice.
    private static string Hash<T>(string name, T[] values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var plain = values.Select(v => T.IsNaN(v) ? T.NaN : v).ToArray();
        return $"{name}<{typeof(T).Name}> {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(plain.AsSpan())))}";
    }

    private static T[] Inputs<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Exact operations only: the inputs themselves must not depend on the width.
        var random = new Random(seed);
        double[] special = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1, -1, 3, 1e-40, -1e30, 1e300];
        return Enumerable.Range(0, 601)
            .Select(i => i < special.Length * 5
                ? special[seed == 1 ? i % special.Length : i * (5 + seed) % special.Length]
                : (random.NextDouble() - 0.25) * Math.ScaleB(1, random.Next(-30, 12)))
            .Select(T.CreateTruncating)
            .ToArray();
    }
}

using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Benchmarks;

/// <summary>The machine and the software that a table was measured with, as found when it runs.</summary>
internal static class Machine
{
    // What changes the speed of the peers' linear algebra or of our just-in-time code.
    private static readonly string[] _variables =
    [
        "OPENBLAS_",
        "OMP_",
        "MKL_",
        "GOTO_",
        "DOTNET_Enable",
        "DOTNET_Tiered",
        "DOTNET_TC",
        "DOTNET_gc",
        "DOTNET_GC",
        "DOTNET_Preferred",
        "DOTNET_ReadyToRun",
    ];

    public static IReadOnlyList<(string Name, string Value)> Describe(IEnumerable<(string Name, string Version)> peers) =>
    [
        ("date", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        (
            "processor",
            $"{Field("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString()}, "
                + $"{Environment.ProcessorCount} cores, {VectorBits()}-bit vectors"),
        ("memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB")),
        ("system", Field("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription),
        ("runtime", RuntimeInformation.FrameworkDescription),
        (
            "peers",
            peers.ToArray() is { Length: > 0 } found
                ? string.Join(", ", found.Select(peer => $"{peer.Name} {peer.Version}")) + "; one thread each"
                : "none installed"),
        ("environment", Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => $"{entry.Key}={entry.Value}")
            .Where(entry => _variables.Any(prefix => entry.StartsWith(prefix, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } set ? string.Join(", ", set) : "nothing set that changes speed"),
    ];

    /// <summary>Prints the machine, for commands without peers.</summary>
    public static void Print(bool markdown)
    {
        foreach ((string name, string value) in Describe([]).Where(part => part.Name is not "peers"))
        {
            Console.WriteLine(markdown ? $"- {name}: {value}" : $"{name,-16} {value}");
        }
    }

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;

    /// <summary>The first value of a key in a file of lines; null if there is none.</summary>
    private static string? Field(string path, string key, char separator) =>
        !File.Exists(path) ? null : File.ReadLines(path)
            .Select(line => line.Split(separator, 2))
            .FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == key)?[1].Trim();
}

using BenchmarkDotNet.Attributes;
using Retrodict.Autodiff;

namespace Retrodict.Benchmarks;

/// <summary>The 64-128-64 network under BenchmarkDotNet.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private Workspace<float> _workspace = null!;

    /// <summary>The number of samples.</summary>
    [Params(1, 128)]
    public int Samples { get; set; }

    /// <summary>Compiles the gradient.</summary>
    [GlobalSetup]
    public void Setup() => _workspace = Networks.ValueAndGradient(Samples).Compile<float>(new PlanOptions { Team = ThreadTeam.SingleThread }).Rent();

    /// <summary>A warm run.</summary>
    [Benchmark]
    public void ValueAndGradient() => _workspace.Run();
}

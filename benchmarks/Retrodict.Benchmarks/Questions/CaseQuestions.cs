using BenchmarkDotNet.Attributes;
using Retrodict.Autodiff;

namespace Retrodict.Benchmarks;

/// <summary>Cases of the table under BenchmarkDotNet, on one thread: for single questions.</summary>
[MemoryDiagnoser]
public abstract class CaseQuestions
{
    private readonly IReadOnlyList<Case> _cases;
    private Action _run = null!;

    private protected CaseQuestions(IReadOnlyList<Case> cases) => _cases = cases;

    /// <summary>The names of the cases.</summary>
    public IEnumerable<string> Names => _cases.Select(entry => entry.Name);

    /// <summary>The row of the table.</summary>
    [ParamsSource(nameof(Names))]
    public string Row { get; set; } = "";

    /// <summary>Compiles.</summary>
    [GlobalSetup]
    public void Setup() => _run = _cases.First(entry => entry.Name == Row).Prepare(ThreadTeam.SingleThread).Run;

    /// <summary>A warm run.</summary>
    [Benchmark]
    public void Run() => _run();
}

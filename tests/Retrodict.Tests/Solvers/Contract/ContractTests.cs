using System.Reflection;

namespace Retrodict.Tests.Solvers;

/// <summary>No method of the library goes without the contract; what reproduces a publication is held to that instead.</summary>
public sealed class ContractTests
{
    public static TheoryData<string> Methods() =>
    [
        .. typeof(Solver).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Solver)) && !type.IsAbstract && !type.IsSubclassOf(typeof(PublishedSolver)))
            .Select(type => ((Solver)Activator.CreateInstance(type)!).Name),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_keeps_the_contract(string method) => Assert.True(
        Contracts().Any(solver => solver.Name == method),
        $"The contract does not run on {method}: derive a class of {nameof(SolverContract)} for it, in "
        + "tests/Retrodict.Tests/Solvers/Contract.");

    private static IEnumerable<Solver> Contracts() => typeof(ContractTests).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(SolverContract)) && !type.IsAbstract)
        .Select(type => (Solver)type.GetProperty("Solver", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(Activator.CreateInstance(type))!);
}

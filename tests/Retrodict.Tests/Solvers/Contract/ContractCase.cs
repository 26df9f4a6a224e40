namespace Retrodict.Tests.Solvers;

/// <summary>A problem with a measurement and a start, which every solver is expected to solve.</summary>
internal sealed record ContractCase(InverseProblem Problem, double[] Observation, double[] Start)
{
    public SolveResult SolveWith(Solver solver) => solver.Solve(Problem, Observation, Start);
}

using Retrodict.Autodiff;

namespace Retrodict.Cli.Solving;

/// <summary>Measures of a point on the true model in double precision, whatever the solver saw.</summary>
internal sealed class Judge(SolveCase solveCase)
{
    private readonly Plan<double> _forward = solveCase.Benchmark.Forward.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread });

    public (double Residual, double Discrepancy, double RmseX) Measure(int instance, ReadOnlySpan<double> x)
    {
        using Workspace<double> workspace = _forward.Rent();
        x.CopyTo(workspace.Input(0));
        workspace.Run();
        ReadOnlySpan<double> model = workspace.Output(0);
        ReadOnlySpan<double> measured = solveCase.Observations[instance];
        double residual = 0, discrepancy = 0;
        for (int i = 0; i < model.Length; i++)
        {
            double misfit = model[i] - measured[i];
            residual += Square(misfit / solveCase.Moments.Deviation[i]);
            discrepancy += Square(misfit / solveCase.Problem.Noise[i]);
        }

        return (Math.Sqrt(residual / model.Length), Math.Sqrt(discrepancy / model.Length), Error(instance, x));
    }

    private static double Square(double value) => value * value;

    private double Error(int instance, ReadOnlySpan<double> x) =>
        solveCase.Truth is { } truth ? solveCase.Benchmark.RecoveryError(x, truth[instance]) : double.NaN;
}

using Retrodict.Autodiff;
using Retrodict.Catalogue;

namespace Retrodict.Comparison;

/// <summary>Measures points on the true model in double precision, whatever a method saw. Safe to use from many threads.</summary>
public sealed class Judge
{
    private readonly InstanceSet _instances;
    private readonly ObservationMoments _moments;
    private readonly Plan<double> _forward;

    /// <summary>A judge of points for instances.</summary>
    /// <param name="instances">The instances.</param>
    /// <param name="moments">What residuals are measured in; those of the problem's training data when null.</param>
    public Judge(InstanceSet instances, ObservationMoments? moments = null)
    {
        ArgumentNullException.ThrowIfNull(instances);
        _instances = instances;
        _moments = moments ?? ObservationMoments.Of(instances.Problem);
        _forward = instances.Problem.Forward.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread });
    }

    /// <summary>Measures a point.</summary>
    /// <param name="instance">The instance that it is for, from 0.</param>
    /// <param name="x">The point, [n].</param>
    public PointMeasures Measure(int instance, ReadOnlySpan<double> x)
    {
        using Workspace<double> workspace = _forward.Rent();
        x.CopyTo(workspace.Input(0));
        workspace.Run();
        BenchmarkProblem problem = _instances.Problem;
        ReadOnlySpan<double> model = workspace.Output(0);
        ReadOnlySpan<double> measured = _instances.Observations[instance];
        double residual = 0, discrepancy = 0;
        for (int i = 0; i < model.Length; i++)
        {
            double misfit = model[i] - measured[i];
            residual += Square(misfit / _moments.Deviation[i]);
            discrepancy += Square(misfit / problem.Noise[i]);
        }

        return new PointMeasures(
            Math.Sqrt(residual / model.Length),
            Math.Sqrt(discrepancy / model.Length),
            _instances.Truth is { } truth ? problem.RecoveryError(x, truth[instance]) : double.NaN);
    }

    private static double Square(double value) => value * value;
}

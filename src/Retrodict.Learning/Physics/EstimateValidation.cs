using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>The root mean square error of a reverse map on fixed noisy observations.</summary>
internal sealed class EstimateValidation
{
    private readonly Network _network;
    private readonly Plan<float> _plan;
    private readonly float[] _observations;
    private readonly double[] _unknowns;

    public EstimateValidation(LearningProblem problem, Network network, RandomStream random, int count)
    {
        _network = network;
        (_unknowns, double[] y) = NoisySamples.Draw(problem, random, count);
        _observations = Array.ConvertAll(y, value => (float)value);
        _plan = network.Function.Batch(count, Network.InputName).Compile<float>();
    }

    public double Error(ReadOnlySpan<float> parameters)
    {
        using Workspace<float> workspace = _plan.Rent();
        foreach (Parameter parameter in _network.Parameters.Parameters)
        {
            _network.Parameters.Window(parameter.Name, parameters).CopyTo(workspace.Input(parameter.Name));
        }

        _observations.CopyTo(workspace.Input(Network.InputName));
        workspace.Run();
        ReadOnlySpan<float> estimates = workspace.Output(0);
        double sum = 0;
        for (int i = 0; i < estimates.Length; i++)
        {
            double error = estimates[i] - _unknowns[i];
            sum += error * error;
        }

        return Math.Sqrt(sum / estimates.Length);
    }
}

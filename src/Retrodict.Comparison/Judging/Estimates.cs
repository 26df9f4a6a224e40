using Retrodict.Autodiff;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>A model's estimates g(y), one at a time in double precision.</summary>
internal sealed class Estimates(DeceptronModel model) : IDisposable
{
    private readonly Workspace<double> _reverse =
        model.ReverseFunction.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread }).Rent();

    /// <summary>The estimate for an observation in raw units; valid until the next one.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> y)
    {
        Span<double> standardized = _reverse.Input(0);
        for (int j = 0; j < y.Length; j++)
        {
            standardized[j] = (y[j] - model.ObservationMean[j]) / model.ObservationDeviation[j];
        }

        _reverse.Run();
        return _reverse.Output(0);
    }

    public void Dispose() => _reverse.Dispose();
}

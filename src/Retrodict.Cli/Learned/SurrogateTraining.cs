using Retrodict.Cli.Hosting;
using Retrodict.Learning;

namespace Retrodict.Cli.Learned;

/// <summary>Learning a forward model with its inverse.</summary>
internal static class SurrogateTraining
{
    public static DeceptronModel Train(TrainRequest request, IProgress<DeceptronProgress>? progress, CancellationToken cancellation) =>
        throw new UsageException("--mode is 'surrogate'; it must be physics");
}

using Retrodict.Learning;

namespace Retrodict.Cli.Solving;

/// <summary>Methods with a learned inverse. They run in the precision of their model unless another one is asked for.</summary>
internal static class LearnedSolvers
{
    public static Solver Create(DeceptronModel model, bool published, PullBackForm? form, bool safeguard, SolveRequest request)
    {
        ReverseMap map = model.ToReverseMap();
        Precision precision = request.Settings.Precision ?? map.Precision;
        map = map with { Precision = precision };
        return published
            ? new DeceptronGradientPublished { ReverseMap = map, Precision = precision }
            : new DeceptronGradient { ReverseMap = map, Precision = precision, Form = form, Safeguard = safeguard, StartAtEstimate = request.Start is null };
    }
}

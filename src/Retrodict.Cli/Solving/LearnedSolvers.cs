using Retrodict.Cli.Requests;
using Retrodict.Learning;

namespace Retrodict.Cli.Solving;

/// <summary>Methods with a learned inverse. They run in the precision of their model unless another one is asked for.</summary>
internal static class LearnedSolvers
{
    public static Solver Create(DeceptronModel model, bool published, PullBackForm? form, bool safeguard, SolveRequest request)
    {
        DeceptronGradient own = model.ToSolver();
        Precision precision = request.Settings.Precision ?? own.Precision;
        ReverseMap map = own.ReverseMap with { Precision = precision };
        return published
            ? new DeceptronGradientPublished { ReverseMap = map, Precision = precision }
            : own with { ReverseMap = map, Precision = precision, Form = form, Safeguard = safeguard, StartAtEstimate = request.Start is null };
    }
}

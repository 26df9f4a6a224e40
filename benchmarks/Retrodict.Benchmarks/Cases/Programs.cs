using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Benchmarks;

/// <summary>Turns functions into work.</summary>
internal static class Programs
{
    /// <summary>A warm run of a compiled function on random inputs.</summary>
    /// <param name="function">The function.</param>
    /// <param name="team">The threads.</param>
    /// <param name="dominantDiagonal">Adds n to the diagonal of the first input, an n x n matrix, which makes it positive definite.</param>
    /// <param name="perNode">Whether the time of one node is asked; fused nodes count each, as in a plan that is not fused.</param>
    public static Work Run<T>(Function function, ThreadTeam team, bool dominantDiagonal = false, bool perNode = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Plan<T> plan = function.Compile<T>(new PlanOptions { Team = team });
        Workspace<T> workspace = plan.Rent();
        var stream = new RandomStream(7, "benchmark");
        for (int i = 0; i < plan.Inputs.Count; i++)
        {
            stream.FillUniform(workspace.Input(i), -0.5, 0.5);
        }

        if (dominantDiagonal)
        {
            int n = plan.Inputs[0].Shape[0];
            Span<T> matrix = workspace.Input(0);
            for (int i = 0; i < n; i++)
            {
                matrix[i * (n + 1)] += T.CreateChecked(n);
            }
        }

        return new Work(workspace.Run, perNode ? function.Compile<T>(new PlanOptions { Fuse = false }).StepCount : 1);
    }

    /// <summary>A case in float32 with a goal against PyTorch.</summary>
    public static Case Torch(string name, string peer, double? goal, Func<Function> function) =>
        new(name, team => Run<float>(function(), team)) { Peer = new PeerCase(PeerCase.Torch, peer), Goal = goal };

    /// <summary>A case in float32 and in double, as PyTorch's script names them.</summary>
    public static IEnumerable<Case> BothTypes(
        string name, string peer, string size, Func<Function> function, bool dominantDiagonal = false) =>
    [
        new(
            $"{name}, float",
            team => Run<float>(function(), team, dominantDiagonal)) { Peer = new PeerCase(PeerCase.Torch, $"{peer}-f32-{size}"), Goal = 1 },
        new(
            $"{name}, double",
            team => Run<double>(
                function(), team, dominantDiagonal)) { Peer = new PeerCase(PeerCase.Torch, $"{peer}-f64-{size}"), Goal = 1 },
    ];
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>A fused plan computes the bits of one with a step for every node, NaN and signs of zero included.</summary>
internal static class FusionLaw
{
    public static void Check(Subject subject, Random random)
    {
        double[][] point = subject.SamplePoint(random);
        AssertSameBits(subject.Function, point);
        AssertSameBits(subject.Function, Numbers.Narrowed(point));
    }

    public static void AssertSameBits<T>(Function function, T[][] inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (bool simplify in new[] { true, false })
        {
            var options = new PlanOptions { Simplify = simplify, Team = ThreadTeam.SingleThread };
            Plan<T> fused = function.Compile<T>(options);
            Plan<T> unfused = function.Compile<T>(options with { Fuse = false });
            Assert.True(fused.StepCount <= unfused.StepCount, $"{fused.StepCount} steps fused, {unfused.StepCount} not.");
            Assert.Equal(1, (1 + fused.Operations) / (1 + unfused.Operations), 12);
            T[][] expected = unfused.Evaluate(inputs);
            T[][] actual = fused.Evaluate(inputs);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    MemoryMarshal.AsBytes(expected[i].AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual[i].AsSpan())),
                    $"fused (simplify {simplify}), output '{function.Outputs[i].Name}' has other bits.\n{fused}");
            }
        }
    }
}

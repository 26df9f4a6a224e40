using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <summary>All laws on one program; the costly ones only on small programs.</summary>
internal static class ProgramLaws
{
    private const int SmallProgram = 400;

    /// <summary>Derivatives of random programs are sums of terms of order one, which may cancel.</summary>
    private const double Rounding = 1e-14;

    private static readonly string[] _twice = ["JJ", "JV", "VJ", "VV"];

    public static void Check(Subject subject, int seed)
    {
        var random = new Random(seed ^ 0x5EED);
        DifferenceLaw.Check(subject, random);
        AdjointLaw.Check(subject, random, Rounding);
        LinearizationLaw.Check(subject, random);
        SecondOrderLaw.Check(subject, random);
        SimplificationLaw.Check(subject, random);
        SimplificationLaw.Check(subject.Derive("V"), random);
        FusionLaw.Check(subject, random);
        FusionLaw.Check(subject.Derive("V"), random);
        PrecisionLaw.Check(subject, random, 1e-4);
        PrecisionLaw.Check(subject.Derive("V"), random, 1e-3);
        JacobianLaw.Check(subject, random);

        int inputs = subject.Function.Inputs.Count;
        bool[] flags = [.. Enumerable.Range(0, inputs).Select(_ => random.Next(2) == 0)];
        flags[random.Next(inputs)] = true;
        BatchLaw.Check(subject, 3, flags, random);
        Subject reverse = subject.Derive("V");
        BatchLaw.Check(
            reverse, 2, [.. flags, .. Enumerable.Range(inputs, reverse.Domains.Length - inputs).Select(_ => random.Next(2) == 0)], random);
        BatchLaw.Check(subject, random.Next(2), flags, random);
        AdjointLaw.Check(subject with { Function = subject.Function.Batch(2) }, random, Rounding);
        if (reverse.Function.NodeCount <= SmallProgram)
        {
            DifferenceLaw.Check(reverse, random);
            AdjointLaw.Check(subject.Derive("J"), random, Rounding);
            AdjointLaw.Check(reverse, random, Rounding);
            Subject twice = subject.Derive(_twice[random.Next(_twice.Length)]);
            if (twice.Function.NodeCount <= 3 * SmallProgram)
            {
                DifferenceLaw.Check(twice, random);
                AdjointLaw.Check(twice, random, Rounding);
            }

            BatchLaw.CheckBatchOfBatch(subject, random);
            BatchLaw.CheckBatchOfBatch(reverse, random);
        }

        CheckBits<double>(subject, random, 1);
        CheckBits<float>(reverse, random, seed % 10 == 0 ? 3000 : 2);
    }

    /// <summary>Two runs, another workspace, and another number of threads give the same bits.</summary>
    private static void CheckBits<T>(Subject subject, Random random, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Function batch = subject.Function.Batch(samples);
        double[][] point = (subject with { Function = batch }).SamplePoint(random);
        T[][] inputs = [.. point.Select(input => input.Select(T.CreateTruncating).ToArray())];
        Plan<T> plan = batch.Compile<T>(Numbers.Simplified);
        T[][] first = plan.Evaluate(inputs);
        AssertSameBits("a second run", first, plan.Evaluate(inputs));
        AssertSameBits("another plan", first, batch.Compile<T>(Numbers.Simplified).Evaluate(inputs));
        AssertSameBits("a plan that is not fused", first, batch.Compile<T>(Numbers.Simplified with { Fuse = false }).Evaluate(inputs));
        AssertSameBits("two threads", first, batch.Compile<T>(new PlanOptions { Team = Teams.Two }).Evaluate(inputs));
    }

    private static void AssertSameBits<T>(string what, T[][] expected, T[][] actual)
        where T : unmanaged => Assert.All(
            expected.Zip(actual),
            pair => Assert.True(
                MemoryMarshal.AsBytes(pair.First.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(pair.Second.AsSpan())),
                $"{what} gave other bits."));

    private static class Teams
    {
        public static readonly ThreadTeam Two = new(2);
    }
}

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>The batched function equals a loop over the samples, whichever inputs carry samples; and so does a batch of batches.</summary>
internal static class BatchLaw
{
    private const double Tolerance = 1e-12;

    /// <summary>All subsets of at most three inputs, or some of more.</summary>
    public static IEnumerable<bool[]> Subsets(int inputs, Random random)
    {
        if (inputs <= 3)
        {
            return Enumerable.Range(1, (1 << inputs) - 1).Select(
                bits => Enumerable.Range(0, inputs).Select(i => (bits >> i & 1) == 1).ToArray());
        }

        return Enumerable.Range(0, 4).Select(_ =>
        {
            bool[] flags = [.. Enumerable.Range(0, inputs).Select(_ => random.Next(2) == 0)];
            flags[random.Next(inputs)] = true;
            return flags;
        }).ToArray();
    }

    public static void CheckSubsets(Subject subject, Random random)
    {
        foreach (bool[] flags in Subsets(subject.Function.Inputs.Count, random))
        {
            Check(subject, 3, flags, random);
        }
    }

    public static void Check(Subject subject, int size, bool[] flags, Random random)
    {
        Function function = subject.Function;
        double[][][] samples = [.. Enumerable.Range(0, Math.Max(size, 1)).Select(_ => subject.SamplePoint(random))];
        foreach (double[][] sample in samples)
        {
            for (int i = 0; i < flags.Length; i++)
            {
                sample[i] = flags[i] ? sample[i] : samples[0][i];
            }
        }

        string[] names = [.. function.Inputs.Where((_, i) => flags[i]).Select(input => input.Name)];
        Function batch = function.Batch(size, names);
        double[][] inputs = [.. flags.Select((flag, i) => flag ? [.. samples[..size].SelectMany(sample => sample[i])] : samples[0][i])];
        Plan<double> plan = function.Compile<double>(Numbers.Simplified);
        double[][][] loop = [.. samples[..size].Select(sample => plan.Evaluate(sample))];
        double[][] expected = [.. function.Outputs.Select((_, i) => loop.SelectMany(outputs => outputs[i]).ToArray())];
        Assert.All(batch.Outputs.Zip(function.Outputs), pair => Assert.Equal([size, .. pair.Second.Shape], pair.First.Shape));
        Numbers.AssertClose($"batch of {size} over {string.Join(", ", names)}", expected, Numbers.Run(batch, inputs), Tolerance);
    }

    public static void CheckBatchOfBatch(Subject subject, Random random)
    {
        const int Outer = 2, Inner = 3;
        Function function = subject.Function;
        double[][][] samples = [.. Enumerable.Range(0, Outer * Inner).Select(_ => subject.SamplePoint(random))];
        Function batch = function.Batch(Inner).Batch(Outer);
        double[][] inputs = [.. function.Inputs.Select((_, i) => samples.SelectMany(sample => sample[i]).ToArray())];
        Plan<double> plan = function.Compile<double>(Numbers.Simplified);
        double[][][] loop = [.. samples.Select(sample => plan.Evaluate(sample))];
        double[][] expected = [.. function.Outputs.Select((_, i) => loop.SelectMany(outputs => outputs[i]).ToArray())];
        Numbers.AssertClose("batch of batch", expected, Numbers.Run(batch, inputs), Tolerance);
    }
}

using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>Runs a function of one sample over many, block by block.</summary>
internal static class BatchRun
{
    private const int Block = 64;

    /// <summary>The rows of a function's only output for rows of its only input, in double precision.</summary>
    public static double[] Map(Function function, ReadOnlySpan<double> rows, int count)
    {
        int n = function.Inputs[0].Shape.ElementCount;
        int m = function.Outputs[0].Shape.ElementCount;
        var results = new double[count * m];
        using Workspace<double> workspace = function.Batch(Block).Compile<double>().Rent();
        for (int first = 0; first < count; first += Block)
        {
            int here = Math.Min(Block, count - first);
            Span<double> input = workspace.Input(0);
            rows.Slice(first * n, here * n).CopyTo(input);
            for (int i = here; i < Block; i++)
            {
                input[..n].CopyTo(input[(i * n)..]);
            }

            workspace.Run();
            workspace.Output(0)[..(here * m)].CopyTo(results.AsSpan(first * m));
        }

        return results;
    }
}

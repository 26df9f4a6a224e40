using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Images;

/// <summary>Convolutions, poolings and resamplings by their definitions, in nested loops.</summary>
internal static class Reference
{
    /// <summary>The primitive's definition: for all positions of all labels, those whose windows' relations hold.</summary>
    public static double[] Convolution(Convolve c, Shape left, Shape right, double[] x, double[] k)
    {
        Shape result = c.InferShape([left, right]);
        var y = new double[result.ElementCount];
        for (int i = 0; i < x.Length; i++)
        {
            int[] atLeft = Position(left, i);
            for (int j = 0; j < k.Length; j++)
            {
                int[] atRight = Position(right, j);
                if (!Enumerable.Range(0, left.Rank).All(
                    a => c.Left[a] < c.Windows || c.Right.IndexOf(c.Left[a]) is var b && (b < 0 || atRight[b] == atLeft[a])))
                {
                    continue;
                }

                // The positions of the result, axis by axis, that are tied to these two.
                List<int[]> tied = [[]];
                for (int axis = 0; axis < result.Rank; axis++)
                {
                    int label = c.Result[axis];
                    int[] positions = label >= c.Windows
                        ? [c.Left.IndexOf(label) is >= 0 and var a ? atLeft[a] : atRight[c.Right.IndexOf(label)]]
                        : [.. Enumerable.Range(0, result[axis]).Where(o =>
                        {
                            int rest = (c.LeftSteps[label] * atLeft[c.Left.IndexOf(label)])
                                + (c.RightSteps[label] * atRight[c.Right.IndexOf(label)])
                                + (c.ResultSteps[label] * o) - c.Offsets[label];
                            return c.Periods[label] == 0 ? rest == 0 : rest % c.Periods[label] == 0;
                        })];
                    tied = [.. from at in tied from position in positions select (int[])[.. at, position]];
                }

                foreach (int[] at in tied)
                {
                    y[Number(result, at)] += x[i] * k[j];
                }
            }
        }

        return y;
    }

    /// <summary>Convolution of samples [samples, channels, spatial axes] as the public function defines it.</summary>
    public static double[] Convolve(
        Shape input, Shape kernel, Shape result, double[] x, double[] w, int[] stride, int[] dilation, int[] before, PaddingKind kind,
        int groups)
    {
        var y = new double[result.ElementCount];
        int axes = stride.Length;
        int perGroup = kernel[0] / groups;
        var spatial = Shape.Of(kernel.Lengths[2..]);
        Parallel.For(0, y.Length, i =>
        {
            int[] at = Position(result, i);
            double sum = 0;
            for (int t = 0; t < spatial.ElementCount; t++)
            {
                int[] tap = Position(spatial, t);
                var source = new int[axes + 2];
                source[0] = at[0];
                bool inside = true;
                for (int axis = 0; axis < axes; axis++)
                {
                    int n = input[axis + 2];
                    int p = (stride[axis] * at[axis + 2]) + (dilation[axis] * tap[axis]) - before[axis];
                    p = kind switch { PaddingKind.Circular => ((p % n) + n) % n, PaddingKind.Edge => Math.Clamp(p, 0, n - 1), _ => p };
                    inside &= p >= 0 && p < n;
                    source[axis + 2] = p;
                }

                for (int c = 0; inside && c < kernel[1]; c++)
                {
                    source[1] = (at[1] / perGroup * kernel[1]) + c;
                    sum += x[Number(input, source)] * w[Number(kernel, [at[1], c, .. tap])];
                }
            }

            y[i] = sum;
        });
        return y;
    }

    /// <summary>Every window's elements inside the input, reduced, for [channels, spatial axes].</summary>
    public static double[] Pool(
        Shape input, Shape result, double[] x, int[] window, int[] stride, int[] before, Func<double[], double> reduce)
    {
        var y = new double[result.ElementCount];
        var extent = Shape.Of(window);
        for (int i = 0; i < y.Length; i++)
        {
            int[] at = Position(result, i);
            var elements = new List<double>();
            for (int t = 0; t < extent.ElementCount; t++)
            {
                int[] tap = Position(extent, t);
                int[] source = [at[0], .. tap.Select((p, axis) => (stride[axis] * at[axis + 1]) + p - before[axis])];
                if (source.Select((p, axis) => p >= 0 && p < input[axis]).All(inside => inside))
                {
                    elements.Add(x[Number(input, source)]);
                }
            }

            y[i] = reduce([.. elements]);
        }

        return y;
    }

    public static int[] Position(Shape shape, int number)
    {
        var at = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            at[axis] = number % shape[axis];
            number /= shape[axis];
        }

        return at;
    }

    public static int Number(Shape shape, int[] at)
    {
        int number = 0;
        for (int axis = 0; axis < at.Length; axis++)
        {
            number = (number * shape[axis]) + at[axis];
        }

        return number;
    }
}

// How a convolution is computed. Of its three tensors the one with the smallest windows is called the taps, a second the image, the third
// the long one. For each window, with steps a, b and c of image, taps and long one (a made positive),
//     a x = d - b k - c o    (modulo the period).
// Taken modulo a, that is solvable for some pairs of o and k only, so o is cut into phases: o = r + (a / g) m with g = gcd(a, |c|), m = 0,
// 1, ... Within a phase the taps that take part are known, and x = t(k) + s m with s = |c| / g (a negative c counts m from the end). With
// t(k) = s u(k) + e the image's elements of one remainder e are laid side by side in a padded grid, in which every tap reads at a fixed
// distance u(k) from m: stride and dilations are gone, and a row of taps times a run of positions is a matrix product whose right factor's
// rows are that grid at fixed distances. (Reading through distances is the indirect convolution of M. Dukhan, "The indirect convolution
// algorithm", 2019; a copy of the whole image for every tap, as usual, is not needed.) A period divisible by a makes the image periodic,
// which its grid shows; with any other, every tap stands for several, a period apart. Positions run on over the ends of the grid's lines;
// what is computed there is dropped.

using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution;

/// <summary>The tables with which a convolution runs. Axes are padded to three windows, the last innermost.</summary>
internal sealed class ConvolutionLayout
{
    public const int Axes = Convolve.MaximumWindows;

    /// <summary>The result's number among the tensors.</summary>
    public const int Result = 2;

    private ConvolutionLayout()
    {
    }

    /// <summary>Which tensor plays which part: 0 left, 1 right, 2 result.</summary>
    public required int Image { get; init; }

    public required int Taps { get; init; }

    public required int Long { get; init; }

    /// <summary>Where each group starts in the three tensors, in the order image, taps, long.</summary>
    public required int[][] Groups { get; init; }

    /// <summary>Where each sample (axes of image and long one) starts in these.</summary>
    public required int[][] Samples { get; init; }

    /// <summary>From one sample to the next in the long tensor, if they lie at one distance.</summary>
    public int? SampleStride => Samples[1] is var starts && starts.Length < 2
        ? 0
        : Enumerable.Range(1, starts.Length - 1).All(i => starts[i] - starts[i - 1] == starts[1] - starts[0])
            ? starts[1] - starts[0]
            : null;

    /// <summary>Where each outer channel (axes of taps and long one) starts in these.</summary>
    public required int[][] Outer { get; init; }

    /// <summary>Where each inner channel (axes of image and taps) starts in these.</summary>
    public required int[][] Inner { get; init; }

    public required int[] ImageLengths { get; init; }

    /// <summary>With which periods the image continues; 0 for not at all.</summary>
    public required int[] ImagePeriods { get; init; }

    public required int[] ImageStrides { get; init; }

    public required int[] TapStrides { get; init; }

    public required int[] TapLengths { get; init; }

    public required int[] LongStrides { get; init; }

    /// <summary>Combinations of phases: together they cover every position of the long tensor once.</summary>
    public required PolyphaseComponent[][] Jobs { get; init; }

    /// <summary>The window along which large images are cut: the outermost that is one.</summary>
    public required int SlabAxis { get; init; }

    /// <summary>Multiply-adds of the whole.</summary>
    public double Products =>
        (double)Groups[0].Length * Samples[0].Length * Outer[0].Length * Inner[0].Length
        * Jobs.Sum(job => job.Aggregate(1.0, (product, phase) => product * phase.Count * phase.Taps.Length));

    public static ConvolutionLayout Of(Convolve convolution, Shape left, Shape right)
    {
        Shape[] shapes = [left, right, convolution.InferShape([left, right])];
        Indices[] labels = [convolution.Left, convolution.Right, convolution.Result];
        Indices[] steps = [convolution.LeftSteps, convolution.RightSteps, convolution.ResultSteps];
        Indices[] windows = [.. shapes.Zip(labels, convolution.WindowsOf)];

        // The taps are the tensor with the fewest; in a tie that which is written as the kernel. Of two tensors that can be the image, the
        // one with the smaller steps has the fewer phases.
        int taps = ((int[])[1, 2, 0]).MinBy(i => windows[i].Aggregate(1.0, (product, length) => product * length));
        int image = taps == 2 ? ((int[])[0, 1]).MinBy(i => steps[i].Aggregate(1.0, (product, step) => product * Math.Abs(step))) : 1 - taps;
        int other = 3 - taps - image;
        int[] order = [image, taps, other];

        int[][] strides = [.. shapes.Select(shape => shape.Strides())];
        int count = convolution.Windows;

        // The outermost window first, the innermost last, any missing between them.
        int[] places = count == 1 ? [-1, -1, 0] : count == 2 ? [0, -1, 1] : [0, 1, 2];
        int[] periods = [.. places.Select(w => w < 0 ? 0 : convolution.Periods[w])];
        var imagePeriods = new int[Axes];
        var phases = new PolyphaseComponent[Axes][];
        for (int axis = 0; axis < Axes; axis++)
        {
            int w = places[axis];
            if (periods[axis] > 0 && periods[axis] % steps[image][w] == 0 && windows[image][w] <= periods[axis] / Math.Abs(steps[image][w]))
            {
                imagePeriods[axis] = periods[axis] / Math.Abs(steps[image][w]);
            }

            phases[axis] = w < 0
                ? [new PolyphaseComponent(0, 1, 1, 1, 0, 0, [0], [(0, 0, 0)])]
                : PolyphaseComponent.All(
                    (steps[image][w], steps[taps][w], steps[other][w], convolution.Offsets[w]),
                    (windows[image][w], windows[taps][w], windows[other][w]),
                    periods[axis], imagePeriods[axis] > 0);
        }

        return new ConvolutionLayout
        {
            Image = image,
            Taps = taps,
            Long = other,
            Groups = Starts(order, label => order.All(i => labels[i].Contains(label))),
            Samples = Starts([image, other], label => !labels[taps].Contains(label)),
            Outer = Starts([taps, other], label => !labels[image].Contains(label)),
            Inner = Starts([image, taps], label => !labels[other].Contains(label)),
            ImageLengths = [.. places.Select(w => w < 0 ? 1 : windows[image][w])],
            ImagePeriods = imagePeriods,
            ImageStrides = WindowStrides(image),
            TapLengths = [.. places.Select(w => w < 0 ? 1 : windows[taps][w])],
            TapStrides = WindowStrides(taps),
            LongStrides = WindowStrides(other),
            Jobs = [.. from p in phases[0] from q in phases[1] from r in phases[2] select (PolyphaseComponent[])[p, q, r]],
            SlabAxis = count == 1 ? Axes - 1 : 0,
        };

        int[] WindowStrides(int tensor) => [.. places.Select(w => w < 0 ? 0 : strides[tensor][labels[tensor].IndexOf(w)])];

        // Offsets into the tensors for all positions along the chosen labels that the first of them has.
        int[][] Starts(int[] tensors, Func<int, bool> chosen)
        {
            int first = tensors[0];
            int[] along = [.. labels[first].Where(label => label >= count && chosen(label))];
            Shape lengths = Shape.Of([.. along.Select(label => shapes[first][labels[first].IndexOf(label)])]);
            int[][] starts = [.. tensors.Select(_ => new int[lengths.ElementCount])];
            for (int t = 0; t < tensors.Length; t++)
            {
                int tensor = tensors[t];
                int run = 1;
                for (int axis = along.Length - 1; axis >= 0; axis--)
                {
                    int stride = strides[tensor][labels[tensor].IndexOf(along[axis])];
                    for (int i = 0; i < starts[t].Length; i++)
                    {
                        starts[t][i] += i / run % lengths[axis] * stride;
                    }

                    run *= lengths[axis];
                }
            }

            return starts;
        }
    }

    /// <summary>Positions of the long tensor along one window that read the image alike.</summary>
    /// <param name="Start">Position of m = 0.</param>
    /// <param name="Step">Positions from one m to the next; may be negative.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Stride">s: elements of the image from one m to the next.</param>
    /// <param name="First">The smallest u of a tap: where the grid starts.</param>
    /// <param name="Reach">By how much the largest u exceeds it: the grid has Count + Reach points.</param>
    /// <param name="Remainders">The remainders e that occur.</param>
    /// <param name="Taps">The taps that take part: position k, number of its remainder, u - First.</param>
    internal sealed record PolyphaseComponent(
        int Start, int Step, int Count, int Stride, int First, int Reach, int[] Remainders,
        (int Position, int Remainder, int Distance)[] Taps)
    {
        public static PolyphaseComponent[] All(
            (int A, int B, int C, int D) relation, (int Image, int Taps, int Long) lengths, int period, bool imageIsPeriodic)
        {
            (int a, int b, int c, int d) = relation;
            if (a < 0)
            {
                (a, b, c, d) = (-a, -b, -c, -d);
            }

            int common = (int)System.Numerics.BigInteger.GreatestCommonDivisor(a, c);
            int apart = a / common;
            int stride = Math.Abs(c) / common;
            var phases = new List<PolyphaseComponent>();
            for (int r = 0; r < Math.Min(apart, lengths.Long); r++)
            {
                int count = (lengths.Long - r + apart - 1) / apart;
                bool backwards = c > 0;
                int last = (count - 1) * stride;
                var taps = new List<(int Position, int Remainder, int U)>();
                for (int k = 0; k < lengths.Taps; k++)
                {
                    int numerator = d - (b * k) - (c * r);
                    if (imageIsPeriodic || period == 0)
                    {
                        Add(k, numerator);
                        continue;
                    }

                    // From the first period in which the last position may lie inside to the last in which the first may; both with room
                    // for rounding.
                    int reach = a * (last + lengths.Image);
                    for (int shift = ((-numerator - reach) / period) - 1; shift <= ((reach - numerator) / period) + 1; shift++)
                    {
                        Add(k, numerator + (shift * period));
                    }
                }

                void Add(int k, int numerator)
                {
                    int t = (numerator / a) - (backwards ? last : 0);

                    // Taps that read nothing but padding are left out.
                    if (numerator % a == 0 && (imageIsPeriodic || (t + last >= 0 && t < lengths.Image)))
                    {
                        int remainder = ((t % stride) + stride) % stride;
                        taps.Add((k, remainder, (t - remainder) / stride));
                    }
                }

                int[] remainders = [.. taps.Select(tap => tap.Remainder).Distinct().Order()];
                int first = taps.Count == 0 ? 0 : taps.Min(tap => tap.U);
                int span = taps.Count == 0 ? 0 : taps.Max(tap => tap.U) - first;
                phases.Add(new PolyphaseComponent(
                    backwards ? r + ((count - 1) * apart) : r, backwards ? -apart : apart, count, stride, first, span, remainders,
                    [.. taps.Select(tap => (tap.Position, Array.IndexOf(remainders, tap.Remainder), tap.U - first))]));
            }

            return [.. phases];
        }
    }
}

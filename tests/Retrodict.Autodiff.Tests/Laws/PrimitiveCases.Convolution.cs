using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>Convolutions, pooling and resampling.</content>
internal static partial class PrimitiveCases
{
    private static (string Name, Shape Input, Shape Kernel, ConvolutionOptions Options)[] ConvolutionPatterns =>
    [
        ("plain", [2, 6], [3, 2, 3], new()),
        ("single channel", [1, 5], [1, 1, 2], new()),
        ("one element", [2, 1], [2, 2, 1], new()),
        ("window as long as the input", [2, 4], [1, 2, 4], new()),
        ("window longer than the input", [1, 2], [2, 1, 5], new() { Padding = Padding.Of(3, 2) }),
        ("same", [2, 5], [2, 2, 4], new() { Padding = Padding.Same }),
        ("same with stride", [1, 6], [2, 1, 3], new() { Padding = Padding.Same, Stride = 2 }),
        ("stride", [2, 8], [2, 2, 3], new() { Stride = 2 }),
        ("stride beyond the window", [1, 8], [2, 1, 2], new() { Stride = 3 }),
        ("dilation", [2, 8], [2, 2, 3], new() { Dilation = 2, Padding = Padding.Of(1) }),
        ("stride and dilation", [1, 9], [2, 1, 3], new() { Stride = 2, Dilation = 3, Padding = Padding.Of(2, 1) }),
        ("negative padding", [2, 7], [2, 2, 2], new() { Padding = Padding.Of(-2, -1) }),
        ("mixed padding", [1, 6], [2, 1, 3], new() { Padding = Padding.Of(4, -2), Stride = 2 }),
        ("far padding", [1, 2], [1, 1, 2], new() { Padding = Padding.Of(4, 3), Stride = 3 }),
        ("groups", [4, 5], [6, 2, 2], new() { Groups = 2 }),
        ("depthwise", [3, 5], [3, 1, 3], new() { Groups = 3, Padding = Padding.Same }),
        ("circular", [2, 5], [2, 2, 3], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular }),
        ("circular far round", [1, 2], [1, 1, 2], new() { Padding = Padding.Of(3, 2), PaddingKind = PaddingKind.Circular, Stride = 2 }),
        ("circular cut", [1, 5], [1, 1, 2], new() { Padding = Padding.Of(-1, 2), PaddingKind = PaddingKind.Circular }),
        ("edge", [2, 4], [2, 2, 3], new() { Padding = Padding.Of(2, 1), PaddingKind = PaddingKind.Edge }),
        ("edge cut", [1, 4], [1, 1, 2], new() { Padding = Padding.Of(2, -1), PaddingKind = PaddingKind.Edge }),
        ("plane", [2, 4, 5], [3, 2, 2, 3], new()),
        ("plane same", [2, 3, 4], [2, 2, 3, 3], new() { Padding = Padding.Same }),
        ("plane of strides", [1, 5, 6], [2, 1, 3, 2], new() { Stride = [2, 3], Padding = Padding.Of([1, 0], [0, 2]) }),
        ("plane of dilations", [2, 5, 4], [1, 2, 2, 2], new() { Dilation = [3, 1], Padding = Padding.Of([1, -1], 1) }),
        ("plane of groups", [4, 3, 3], [2, 2, 2, 2], new() { Groups = 2, Stride = [1, 2] }),
        ("plane circular", [2, 3, 4], [2, 2, 3, 3], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular }),
        ("plane one by one", [3, 2, 3], [2, 3, 1, 1], new()),
        ("space", [1, 3, 2, 4], [2, 1, 2, 2, 3], new()),
        ("space same", [2, 2, 3, 2], [1, 2, 3, 3, 3], new() { Padding = Padding.Same }),
        ("space circular with stride", [1, 3, 2, 4], [1, 1, 2, 1, 3],
            new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular, Stride = [2, 1, 2] }),
    ];

    private static (string Name, Shape Input, Shape Kernel, ConvolutionOptions Options, PerAxis? Size)[] TransposedPatterns =>
    [
        ("plain", [3, 4], [3, 2, 3], new(), null),
        ("stride", [2, 4], [2, 1, 3], new() { Stride = 2 }, null),
        ("stride beyond the window", [2, 3], [2, 1, 2], new() { Stride = 3 }, 9),
        ("stride with size", [1, 3], [1, 2, 3], new() { Stride = 2, Padding = Padding.Of(1) }, 6),
        ("same", [2, 3], [2, 2, 3], new() { Stride = 2, Padding = Padding.Same }, null),
        ("dilation", [1, 4], [1, 2, 2], new() { Stride = 3, Dilation = 2, Padding = Padding.Of(1, 0) }, null),
        ("groups", [4, 3], [4, 1, 2], new() { Groups = 2, Stride = 2 }, null),
        ("circular", [2, 4], [2, 1, 3], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular }, null),
        ("edge", [1, 2], [1, 1, 3], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Edge, Stride = 2 }, 3),
        ("plane", [2, 3, 2], [2, 2, 3, 2], new() { Stride = [2, 3] }, null),
        ("plane same", [1, 2, 3], [1, 1, 3, 3], new() { Padding = Padding.Same, Stride = 2 }, null),
        ("space", [1, 2, 2, 2], [1, 2, 2, 2, 1], new() { Stride = [2, 1, 2] }, null),
    ];

    /// <summary>Primitives that no public function makes: both steps, tensors without extent, labels in any order.</summary>
    private static (string Name, Convolve Primitive, Shape Left, Shape Right)[] BareConvolutions =>
    [
        ("input dilated and strided", new([2, 0], [3, 2, 0], [3, 0], [2], [-1], [-3], [-1], [4], [0]), [2, 4], [2, 2, 3]),
        ("common factor", new([2, 0], [3, 2, 0], [3, 0], [4], [-1], [-6], [2], [3], [0]), [1, 5], [2, 1, 7]),
        ("reversed", new([0, 2], [2, 0, 3], [0, 3], [1], [1], [-1], [2], [5], [0]), [5, 2], [2, 3, 2]),
        ("reversed result", new([0, 2], [2, 0, 3], [0, 3], [1], [-1], [2], [7], [4], [0]), [8, 2], [2, 3, 2]),
        ("outputs beyond the input", new([2, 0], [2, 0], [2, 0], [1], [-1], [-2], [-3], [7], [0]), [2, 3], [2, 2]),
        ("no output", new([2, 0], [3, 2, 0], [3, 0], [1], [-1], [-1], [0], [0], [0]), [2, 3], [2, 2, 2]),
        ("no input", new([2, 0], [3, 2, 0], [3, 0], [1], [-1], [-1], [0], [3], [0]), [2, 0], [2, 2, 2]),
        ("no kernel", new([2, 0], [3, 2, 0], [3, 0], [1], [-1], [-1], [0], [3], [0]), [2, 4], [2, 2, 0]),
        ("no channels", new([2, 0], [3, 2, 0], [3, 0], [1], [-1], [-1], [0], [3], [0]), [0, 4], [2, 0, 2]),
        ("several labels of each part", new(
            [2, 3, 1, 4, 0, 5], [6, 1, 0, 2, 5], [0, 4, 2, 1, 3, 6], [1, 1], [-1, -2], [-1, 1], [-1, 2], [2, 3], [0, 0]),
                [2, 2, 3, 2, 4, 2], [3, 2, 2, 2, 2]),
        ("kernel's gradient", new([3, 4, 0, 1], [3, 5, 0, 1], [5, 4, 0, 1], [1, 1], [-1, -2], [-2, -1], [-1, 0], [2, 3], [0, 0]),
            [3, 2, 4, 6], [3, 2, 3, 2]),
        ("periodic", new([2, 0], [3, 2, 0], [3, 0], [1], [-1], [-1], [2], [5], [4]), [2, 4], [2, 2, 3]),
        ("periodic, input dilated", new([2, 0], [3, 2, 0], [3, 0], [2], [-1], [-1], [1], [6], [6]), [2, 3], [2, 2, 3]),
        ("periodic, input dilated and short", new([2, 0], [3, 2, 0], [3, 0], [2], [-1], [-3], [1], [5], [8]), [2, 3], [2, 2, 3]),
        ("period no multiple", new([2, 0], [3, 2, 0], [3, 0], [2], [-1], [-1], [1], [6], [5]), [2, 3], [2, 2, 3]),
        ("period shorter than the input", new([2, 0], [3, 2, 0], [3, 0], [1], [-2], [-1], [0], [4], [3]), [2, 7], [2, 2, 3]),
        ("one window periodic", new([2, 0, 1], [3, 2, 0, 1], [3, 0, 1], [1, 1], [-1, -1], [-2, 2], [-1, 3], [3, 2], [0, 4]), [1, 5, 4],
            [2, 1, 2, 3]),
    ];

    private static IEnumerable<PrimitiveCase> Convolutions()
    {
        foreach ((string name, Shape input, Shape kernel, ConvolutionOptions options) in ConvolutionPatterns)
        {
            yield return Plain($"convolve {name}", typeof(Convolve), [input, kernel], x => Value.Convolve(x[0], x[1], options));
        }

        foreach ((string name, Shape input, Shape kernel, ConvolutionOptions options, PerAxis? size) in TransposedPatterns)
        {
            yield return Plain(
                $"convolve transposed {name}", typeof(Convolve), [input, kernel], x => Value.ConvolveTransposed(x[0], x[1], options, size));
        }

        foreach ((string name, Convolve primitive, Shape left, Shape right) in BareConvolutions)
        {
            yield return Plain($"convolution {name}", typeof(Convolve), [left, right], x => Value.Emit(primitive.Normalized(), x[0], x[1]));
        }

        ConvolutionOptions same = new() { Padding = Padding.Same };
        yield return Plain(
            "convolve with itself", typeof(Convolve), [[2, 2, 3]],
            x => Value.Convolve(x[0][0].Reshape(1, 2, 3).Reshape(1, 6), x[0].Reshape(2, 1, 6)[..1], same));
        yield return Plain(
            "convolve with a constant", typeof(Convolve), [[1, 5]],
            x => Value.Sin(Value.Convolve(x[0], Value.Constant([1, -2, 1], [1, 1, 3]), same)));
        yield return Plain("convolutional network", typeof(Convolve), [[1, 4, 4], [2, 1, 3, 3], [1, 2, 3, 3]], x =>
            Value.Convolve(Value.Tanh(Value.Convolve(x[0], x[1], same)), x[2], new() { Padding = Padding.Same, Stride = 2 }));
        foreach (PrimitiveCase c in Poolings().Concat(Resamplings()))
        {
            yield return c;
        }

        yield return Plain("pad edge", typeof(Concatenate), [[2, 3]], x => Value.Square(x[0].PadEdge(1, 2, 1)));
    }

    private static IEnumerable<PrimitiveCase> Poolings()
    {
        (string Name, Shape Input, PerAxis Window, PoolingOptions Options)[] patterns =
        [
            ("plain", [2, 6], 2, new()),
            ("rest left over", [1, 7], 3, new()),
            ("one", [2, 3], 1, new()),
            ("overlapping", [2, 6], 3, new() { Stride = 1 }),
            ("gaps", [1, 7], 2, new() { Stride = 3 }),
            ("same", [2, 5], 3, new() { Stride = 2, Padding = Padding.Same }),
            ("padded", [1, 4], 3, new() { Stride = 1, Padding = Padding.Of(2, 1) }),
            ("padding counted", [1, 4], 3, new() { Stride = 1, Padding = Padding.Of(2, 1), CountPadding = true }),
            ("cut", [1, 7], 2, new() { Padding = Padding.Of(-1, -2) }),
            ("plane", [2, 4, 3], [2, 3], new()),
            ("plane padded", [1, 3, 4], [2, 3], new() { Stride = [2, 1], Padding = Padding.Same }),
            ("space", [1, 2, 3, 4], 2, new() { Stride = [2, 1, 2] }),
        ];
        foreach ((string name, Shape input, PerAxis window, PoolingOptions options) in patterns)
        {
            yield return Case(
                $"max pool {name}", typeof(Slice), [(input, Domain.Apart)], x => Value.Square(Value.MaxPool(x[0], window, options)));
            yield return Plain(
                $"average pool {name}", typeof(Convolve), [input], x => Value.Square(Value.AveragePool(x[0], window, options)));
        }
    }

    private static IEnumerable<PrimitiveCase> Resamplings()
    {
        (Shape From, PerAxis To)[] sizes = [([2, 3], 6), ([1, 6], 3), ([2, 4], 7), ([1, 5], 3), ([1, 1], 4), ([2, 3], 1),
            ([2, 2, 3], [4, 2]), ([1, 4, 2], [3, 5]), ([1, 2, 3, 2], [1, 4, 5])];
        foreach ((Shape from, PerAxis to) in sizes)
        {
            yield return Plain(
                $"nearest {from} to {to}", typeof(Gather), [from], x => Value.Square(Value.Resize(x[0], to, Interpolation.Nearest)));
            yield return Plain($"linear {from} to {to}", typeof(Contract), [from], x => Value.Square(Value.Resize(x[0], to)));
        }

        yield return Plain("linear, long", typeof(Gather), [[1, 300]], x => Value.Square(Value.Resize(x[0], 7)));
        yield return Plain("linear, long and wide", typeof(Gather), [[1, 260, 2]], x => Value.Square(Value.Resize(x[0], [4, 3])));
        yield return Plain("resample", typeof(Contract), [[1, 4, 2]], x => Value.Square(Value.Resample(x[0], 1.5)));
    }
}

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>Convolutions, pooling and resampling.</content>
internal sealed partial class ProgramFuzzer
{
    private Bounded Imaged() => _random.Next(8) switch
    {
        0 or 1 or 2 => Convolved(),
        3 or 4 => ConvolvedTransposed(),
        5 => Pooled(),
        6 => Resized(),
        _ => PaddedEdge(),
    };

    private Bounded Convolved()
    {
        (int axes, int groups, int inside, int outside) =
            (_random.Next(1, 4), _random.Next(4) == 0 ? 2 : 1, _random.Next(1, 3), _random.Next(1, 3));
        int[] window = Each(axes, () => _random.Next(1, 4));
        ConvolutionOptions options = Options(axes, groups);

        // As long as the window reaches, and some more.
        PerAxis dilation = options.Dilation;
        int[] lengths =
            [.. window.Select(
                (w, axis) => Math.Max(1, ((w - 1) * dilation[axis]) + 1 - (options.Padding == Padding.Same ? 1 : 0)) + _random.Next(3))];
        Bounded x = As(Shape.Of([inside * groups, .. lengths]));
        Bounded k = As(Shape.Of([outside * groups, inside, .. window]));
        if (options.Padding != Padding.Same && _random.Next(2) == 0)
        {
            // What is cut off on one side is padded on the other.
            int[] before = Each(axes, () => _random.Next(-1, 3));
            int[] after = [.. before.Select(b => _random.Next(Math.Max(0, -b), 3))];
            options = options with { Padding = Padding.Of(PerAxis.Of(before), PerAxis.Of(after)) };
        }

        return new(Value.Convolve(x.Value, k.Value, options), inside * Volume(window) * x.Bound * k.Bound);
    }

    private Bounded ConvolvedTransposed()
    {
        (int axes, int groups, int inside, int outside) =
            (_random.Next(1, 4), _random.Next(4) == 0 ? 2 : 1, _random.Next(1, 3), _random.Next(1, 3));
        int[] window = Each(axes, () => _random.Next(1, 4));
        Bounded x = As(Shape.Of([inside * groups, .. Each(axes, () => _random.Next(1, 4))]));
        Bounded k = As(Shape.Of([inside * groups, outside, .. window]));

        // The sources of what is added up number at most the window's elements, or all where an edge was repeated.
        return new(
            Value.ConvolveTransposed(x.Value, k.Value, Options(axes, groups)),
            inside * Volume(window) * x.Shape.ElementCount * x.Bound * k.Bound);
    }

    private Bounded Pooled()
    {
        int axes = _random.Next(1, 4);
        int[] window = Each(axes, () => _random.Next(1, 4));
        Bounded x = As(Shape.Of([_random.Next(1, 3), .. window.Select(w => w + _random.Next(3))]));
        PoolingOptions options = new()
        {
            Stride = _random.Next(2) == 0 ? null : PerAxis.Of(Each(axes, () => _random.Next(1, 4))),
            Padding = _random.Next(2) == 0 ? Padding.Same : Padding.Of(PerAxis.Of([.. window.Select(w => _random.Next(w))])),
            CountPadding = _random.Next(2) == 0,
        };
        if (_random.Next(2) == 0)
        {
            return new(Value.AveragePool(x.Value, PerAxis.Of(window), options), x.Bound);
        }

        // Elements are moved apart, so that which is largest does not change nearby.
        int[] ranks = [.. Enumerable.Range(0, x.Shape.ElementCount)];
        _random.Shuffle(ranks);
        Value apart = x.Value + Value.Constant([.. ranks.Select(rank => 10.0 * rank)], x.Shape);
        return new(Value.MaxPool(apart, PerAxis.Of(window), options), (10 * ranks.Length) + x.Bound);
    }

    private Bounded Resized()
    {
        int axes = _random.Next(1, 4);
        Bounded x = As(Shape.Of([_random.Next(1, 3), .. Each(axes, () => _random.Next(1, 4))]));
        var sizes = PerAxis.Of(Each(axes, () => _random.Next(1, 6)));
        return new(Value.Resize(x.Value, sizes, _random.Next(2) == 0 ? Interpolation.Linear : Interpolation.Nearest), x.Bound);
    }

    private Bounded PaddedEdge()
    {
        Bounded x = As(Shape.Of([_random.Next(1, 4), _random.Next(1, 4)]));
        return new(x.Value.PadEdge(_random.Next(2), _random.Next(0, 3), _random.Next(0, 3)), x.Bound);
    }

    private ConvolutionOptions Options(int axes, int groups) => new()
    {
        Stride = PerAxis.Of(Each(axes, () => _random.Next(1, 4))),
        Dilation = PerAxis.Of(Each(axes, () => _random.Next(1, 3))),
        Padding = _random.Next(3) == 0 ? Padding.Same : Padding.Valid,
        PaddingKind = (PaddingKind)_random.Next(3),
        Groups = groups,
    };

    private static int[] Each(int count, Func<int> number) => [.. Enumerable.Range(0, count).Select(_ => number())];

    private static double Volume(int[] lengths) => lengths.Aggregate(1.0, (product, length) => product * length);
}

namespace Retrodict.Autodiff.Tests.Images;

/// <summary>Shapes that do not fit are refused with a message that says why.</summary>
public class ConvolutionErrorTests
{
    [Theory]
    [InlineData("one to three spatial axes", new[] { 4 }, new[] { 2, 4 }, 1)]
    [InlineData("one to three spatial axes", new[] { 1, 2, 2, 2, 2 }, new[] { 1, 1, 1, 1, 1, 1 }, 1)]
    [InlineData("2 spatial axes, as many as the input", new[] { 4, 5, 5 }, new[] { 2, 4, 3 }, 1)]
    [InlineData("has 4 channels, but the kernel [2, 3, 3] takes 3", new[] { 4, 5 }, new[] { 2, 3, 3 }, 1)]
    [InlineData("3 groups do not divide", new[] { 4, 5 }, new[] { 3, 1, 3 }, 3)]
    [InlineData("0 groups", new[] { 4, 5 }, new[] { 3, 4, 3 }, 0)]
    [InlineData("reaches over 7 positions, but spatial axis 0 of [4, 5], padded by 0 and 0, has 5", new[] { 4, 5 }, new[] { 3, 4, 7 }, 1)]
    [InlineData("empty spatial axis", new[] { 4, 5 }, new[] { 3, 4, 0 }, 1)]
    public void Convolve(string message, int[] input, int[] kernel, int groups) => Refused(
        message, () => Value.Convolve(Zeros(input), Zeros(kernel), new() { Groups = groups }));

    [Fact]
    public void Options()
    {
        Value x = Zeros(2, 5, 5);
        Value w = Zeros(2, 2, 3, 3);
        Refused("stride [0] must be at least 1", () => Value.Convolve(x, w, new() { Stride = 0 }));
        Refused("dilation [1, 2, 3] has 3 numbers for 2 spatial axes", () => Value.Convolve(x, w, new() { Dilation = [1, 2, 3] }));
        Refused("has 1", () => Value.Convolve(x, w, new() { Padding = Padding.Of(-2) }));
        Refused(
            "cannot be continued",
            () => Value.Convolve(Zeros(2, 0, 5), w, new() { Padding = Padding.Of(2), PaddingKind = PaddingKind.Edge }));
        Refused("does not map spatial axis 0", () => Value.ConvolveTransposed(x, w, new() { Stride = 2 }, 13));
        Refused("the kernel [3, 2, 3, 3] takes 3", () => Value.ConvolveTransposed(x, Zeros(3, 2, 3, 3)));
    }

    [Fact]
    public void Pooling_and_resampling()
    {
        Value x = Zeros(2, 5, 5);
        Refused("window [0] must be at least 1", () => Value.MaxPool(x, 0));
        Refused("without an element", () => Value.AveragePool(x, 2, new() { Padding = Padding.Of(2) }));
        Refused("reaches over 6 positions", () => Value.MaxPool(x, 6));
        Refused("one to three spatial axes", () => Value.MaxPool(Zeros(3), 1));
        Refused("size [1, 2, 3] has 3 numbers", () => Value.Resize(x, [1, 2, 3]));
        Refused("is empty and cannot get 4", () => Value.Resize(Zeros(2, 0), 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Value.Resample(x, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Value.Resample(x, double.NaN));
        Assert.Throws<ArgumentNullException>(() => Value.Convolve(null!, x));
    }

    private static Value Zeros(params int[] lengths) => Value.Constant(new double[Shape.Of(lengths).ElementCount], Shape.Of(lengths));

    private static void Refused(string message, Func<Value> call)
    {
        string? text = null;
        Function.Trace(
            _ =>
            {
                text = Assert.Throws<ShapeException>(call).Message;
                return 0.0;
            },
            1);
        Assert.Contains(message, text, StringComparison.Ordinal);
    }
}

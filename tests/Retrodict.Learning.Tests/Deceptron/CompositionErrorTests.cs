using Retrodict.Autodiff;

namespace Retrodict.Learning.Tests.Deceptron;

public class CompositionErrorTests
{
    [Fact]
    public void Of_affine_maps_it_is_the_distance_of_their_product_from_the_identity()
    {
        // V W = 2 I: every probe has ‖ξ‖² / n = 1. And V W - I = [0 3; 0 0]: ‖.‖² / n = 9 / 2 for every Rademacher probe.
        Assert.Equal(1, Error([1, 0, 0, 1], [2, 0, 0, 2]), 1e-12);
        Assert.Equal(4.5, Error([1, 0, 0, 1], [1, 3, 0, 1]), 1e-12);
        Assert.Equal(0, Error([2, 0, 0, 4], [0.5f, 0, 0, 0.25f]), 1e-12);
        Assert.Contains(
            "forward map",
            Assert.Throws<InvalidOperationException>(() => Model(null, [1, 0, 0, 1]).CompositionError([1, 2])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "3 numbers",
            Assert.Throws<ArgumentException>(() => Model([1, 0, 0, 1], [1, 0, 0, 1]).CompositionError([1, 2, 3])).Message,
            StringComparison.Ordinal);
    }

    private static double Error(float[] w, float[] v) => Model(w, v).CompositionError([0.3, 0.4, -1, 2]);

    private static DeceptronModel Model(float[]? w, float[] v) => new()
    {
        Shapes = new ModelShapes(2, 2),
        Architecture = new AffineArchitecture(),
        ForwardParameters = w is null ? (ReadOnlyMemory<float>?)null : new ReadOnlyMemory<float>([.. w, 0.5f, -0.5f]),
        ReverseParameters = new float[] { v[0], v[1], v[2], v[3], 1, 2 },
        ObservationMean = [0, 0],
        ObservationDeviation = [1, 1],
    };
}

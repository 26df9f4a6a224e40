namespace Retrodict.Autodiff.Execution;

/// <summary>A row-major tensor seen as [outer, length, inner] around a run of neighboring axes.</summary>
internal readonly struct AxisView
{
    public AxisView(Shape shape, int axis)
        : this(shape, axis, 1)
    {
    }

    public AxisView(Shape shape, int firstAxis, int axes)
    {
        Outer = Product(shape.Lengths[..firstAxis]);
        Length = Product(shape.Lengths.Slice(firstAxis, axes));
        Inner = Product(shape.Lengths[(firstAxis + axes)..]);
    }

    public int Outer { get; }

    public int Length { get; }

    public int Inner { get; }

    private static int Product(ReadOnlySpan<int> lengths)
    {
        int product = 1;
        foreach (int length in lengths)
        {
            product *= length;
        }

        return product;
    }
}

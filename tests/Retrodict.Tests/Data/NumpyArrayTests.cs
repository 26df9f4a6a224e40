using Retrodict.Data;

namespace Retrodict.Tests.Data;

public sealed class NumpyArrayTests
{
    [Fact]
    public void Shape_rows_and_lengths_follow_from_the_axes()
    {
        NumpyArray array = NumpyArray.Create(new int[24], 2, 3, 4);
        Assert.Equal([2, 3, 4], array.Shape.ToArray());
        Assert.Equal((3, 24, 2, 12), (array.Rank, array.Length, array.Rows, array.RowLength));

        NumpyArray vector = NumpyArray.Create([1.0, 2.0, 3.0]);
        Assert.Equal((1, 3, 3, 1), (vector.Rank, vector.Length, vector.Rows, vector.RowLength));

        NumpyArray number = NumpyArray.Create([1.0], []);
        Assert.Equal((0, 1, 1, 1), (number.Rank, number.Length, number.Rows, number.RowLength));

        NumpyArray empty = NumpyArray.Create(Array.Empty<double>(), 0, 3);
        Assert.Equal((2, 0, 0, 3), (empty.Rank, empty.Length, empty.Rows, empty.RowLength));
    }

    [Fact]
    public void A_span_is_given_for_the_matching_type_alone()
    {
        NumpyArray bytes = NumpyArray.Create<byte>([0, 1, 2]);
        Assert.True(bytes.TryGetSpan(out ReadOnlySpan<byte> values));
        Assert.Equal([0, 1, 2], values.ToArray());
        Assert.False(bytes.TryGetSpan<sbyte>(out _));
        Assert.False(bytes.TryGetSpan<bool>(out _));
        Assert.False(bytes.TryGetSpan<char>(out _));

        NumpyArray truth = NumpyArray.Create([true, false]);
        Assert.True(truth.TryGetSpan(out ReadOnlySpan<bool> flags));
        Assert.Equal([true, false], flags.ToArray());
        Assert.False(truth.TryGetSpan<byte>(out _));
    }

    [Fact]
    public void Values_convert_to_doubles_and_floats()
    {
        Assert.Equal([-1.0, 0.0, 7.0], NumpyArray.Create<short>([-1, 0, 7]).ToDoubles());
        Assert.Equal([1.0f, 0.0f], NumpyArray.Create([true, false]).ToSingles());
        Assert.Equal([18446744073709551616.0], NumpyArray.Create([ulong.MaxValue]).ToDoubles());
        Assert.Equal([0.1f, float.PositiveInfinity, float.NaN], NumpyArray.Create([0.1, 1e300, double.NaN]).ToSingles());
        Assert.Equal([0.5], NumpyArray.Create([(Half)0.5f]).ToDoubles());
    }

    [Fact]
    public void Rows_are_copied_one_at_a_time()
    {
        NumpyArray array = NumpyArray.Create([1, 2, 3, 4, 5, 6], 3, 2);
        double[] row = new double[2];
        array.CopyRow(1, row.AsSpan());
        Assert.Equal([3.0, 4.0], row);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.CopyRow(3, row.AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.CopyRow(-1, row.AsSpan()));
        Assert.Throws<ArgumentException>(() => array.CopyRow(0, new double[3].AsSpan()));
        Assert.Throws<ArgumentException>(() => array.CopyTo(new float[5].AsSpan()));
    }

    [Fact]
    public void Later_changes_of_the_source_do_not_show()
    {
        double[] source = [1.0, 2.0];
        NumpyArray array = NumpyArray.Create(source);
        source[0] = 9.0;
        array.ToDoubles()[1] = 9.0;
        Assert.Equal([1.0, 2.0], array.ToDoubles());
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(-2, -3)]
    [InlineData(65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_shape_that_does_not_hold_the_values_is_refused(int rows, int columns)
        => Assert.Throws<ArgumentException>(() => NumpyArray.Create(new float[6], rows, columns));

    [Fact]
    public void A_type_that_NumPy_files_cannot_hold_is_refused()
        => Assert.Contains(
            "Decimal", Assert.Throws<NotSupportedException>(() => NumpyArray.Create([1m])).Message, StringComparison.Ordinal);
}

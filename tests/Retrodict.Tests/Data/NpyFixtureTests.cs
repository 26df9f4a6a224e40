using Retrodict.Data;

namespace Retrodict.Tests.Data;

/// <summary>Files made by NumPy itself.</summary>
public sealed class NpyFixtureTests
{
    private static readonly Dictionary<string, NumpyType> _types = new(StringComparer.Ordinal)
    {
        ["f2"] = NumpyType.Float16, ["f4"] = NumpyType.Float32, ["f8"] = NumpyType.Float64,
        ["i1"] = NumpyType.Int8, ["i2"] = NumpyType.Int16, ["i4"] = NumpyType.Int32, ["i8"] = NumpyType.Int64,
        ["u1"] = NumpyType.UInt8, ["u2"] = NumpyType.UInt16, ["u4"] = NumpyType.UInt32, ["u8"] = NumpyType.UInt64,
        ["b1"] = NumpyType.Boolean,
    };

    public static TheoryData<string> Types => [.. _types.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_is_read_in_both_byte_orders(string code)
    {
        double[] expected = code[0] switch
        {
            'u' => [0, 1, 2, 3, 4, 5],
            'b' => [0, 1, 1, 1, 1, 1],
            _ => [0, -1, 2, -3, 4, -5],
        };
        foreach (string order in code[1] == '1' ? ["little"] : new[] { "little", "big" })
        {
            NpyHeader header = NpyFile.ReadHeader(Fixture.Path($"{order}_{code}.npy"));
            Assert.Equal(order == "big", header.IsBigEndian);
            NumpyArray array = NpyFile.Read(Fixture.Path($"{order}_{code}.npy"));
            Assert.Equal(_types[code], array.ElementType);
            Assert.Equal([2, 3], array.Shape.ToArray());
            Assert.Equal(expected, array.ToDoubles());
            Assert.Equal(expected.Select(value => (float)value), array.ToSingles());
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Files_are_written_byte_for_byte_as_NumPy_writes_them(string code)
        => Assert.Equal(Fixture.Bytes($"little_{code}.npy"), Npy.Write(NpyFile.Read(Fixture.Path($"little_{code}.npy"))));

    [Theory]
    [InlineData("scalar_f8.npy")]
    [InlineData("vector_f4.npy")]
    [InlineData("empty_f8.npy")]
    [InlineData("version1.npy")]
    public void Every_rank_is_written_byte_for_byte_as_NumPy_writes_it(string name)
        => Assert.Equal(Fixture.Bytes(name), Npy.Write(NpyFile.Read(Fixture.Path(name))));

    [Fact]
    public void Fortran_order_becomes_row_major()
    {
        NumpyArray cube = NpyFile.Read(Fixture.Path("fortran_f8.npy"));
        Assert.True(NpyFile.ReadHeader(Fixture.Path("fortran_f8.npy")).IsFortranOrder);
        Assert.Equal([2, 3, 4], cube.Shape.ToArray());
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? (double)i : -i), cube.ToDoubles());

        NumpyArray big = NpyFile.Read(Fixture.Path("fortran_big_i2.npy"));
        Assert.True(big.TryGetSpan(out ReadOnlySpan<short> values));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (short)(i % 2 == 0 ? i : -i)), values.ToArray());
    }

    [Theory]
    [InlineData("version1.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    public void Every_version_is_read(string name)
        => Assert.Equal([0.0, -1.0, 2.0, -3.0, 4.0, -5.0], NpyFile.Read(Fixture.Path(name)).ToDoubles());

    [Fact]
    public void A_single_number_and_an_empty_array_are_read()
    {
        NumpyArray number = NpyFile.Read(Fixture.Path("scalar_f8.npy"));
        Assert.Equal(0, number.Rank);
        Assert.Equal([2.5], number.ToDoubles());
        Assert.Equal([0, 3], NpyFile.Read(Fixture.Path("empty_f8.npy")).Shape.ToArray());
    }

    [Theory]
    [InlineData("refused_object.npy", "'|O'")]
    [InlineData("refused_record.npy", "[('a', '<f8'), ('b', '<i4')]")]
    [InlineData("refused_record_v3.npy", "[('λ', '<f8')]")]
    [InlineData("refused_text.npy", "'<U2'")]
    [InlineData("refused_complex.npy", "'<c16'")]
    [InlineData("refused_date.npy", "'<M8[s]'")]
    public void Other_types_are_refused_by_name(string name, string dtype)
    {
        string message = Assert.Throws<DataFormatException>(() => NpyFile.Read(Fixture.Path(name))).Message;
        Assert.Contains($"dtype {dtype} is not supported", message, StringComparison.Ordinal);
        Assert.Contains(name, message, StringComparison.Ordinal);
    }
}

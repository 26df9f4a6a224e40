using System.Text;
using Retrodict.Data;

namespace Retrodict.Tests.Data;

/// <summary>Lines are counted as an editor counts them, whatever stands above, in every message.</summary>
public sealed class CsvPlaceTests
{
    [Theory]
    [InlineData("x,y\n1,2\n3,bad\n", 3)]
    [InlineData("x,y\r\n1,2\r\n3,bad\r\n", 3)]
    [InlineData("x,y\r1,2\r3,bad\r", 3)]
    [InlineData("\n\nx,y\n\n1,2\n\n3,bad\n", 7)]
    [InlineData("# a\nx,y\ns,V\n1,2\n# b\n3,bad\n", 6)]
    [InlineData("\"x\",\"y\nz\"\n1,2\n3,bad\n", 4)]
    [InlineData("\"x\",\"y\rz\"\r1,2\r3,bad\r", 4)]
    [InlineData("\"x\",\"y\r\nz\"\r\n1,2\r\n3,bad\r\n", 4)]
    public void Lines_are_those_of_the_file(string text, int line)
    {
        Assert.StartsWith($"'f.csv', line {line}: ", Fault(text, null), StringComparison.Ordinal);
        Assert.StartsWith($"'f.csv', line {line + 2}: ", Fault($"a\nb,c,d\n{text}", new CsvOptions { Skip = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_keep_their_places_when_others_are_left_out()
    {
        DataColumns data = Read("x,y\n\n1,2\nNA,3\n4,5\n", null);
        Assert.Equal(["'f.csv', line 3", "'f.csv', line 4", "'f.csv', line 5"], Enumerable.Range(0, 3).Select(data.Place));
        Assert.Equal(["'f.csv', line 3", "'f.csv', line 5"], Enumerable.Range(0, 2).Select(data.Complete(["x"]).Place));
        Assert.Equal("row 3 of the data", new DataColumns([("x", [1, double.NaN, 3])]).Complete(["x"]).Place(1));
    }

    [Fact]
    public void Columns_get_other_names()
    {
        DataColumns data = Read("Time (s),y\n1,2\n", null).Renamed("Time (s)", "t");
        Assert.Equal(["t", "y"], data.Names);
        Assert.Equal([1], data["t"].ToArray());
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => data.Renamed("t", "y")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "its columns are t, y", Assert.Throws<KeyNotFoundException>(
                () => data.Renamed("Time (s)", "x")).Message, StringComparison.Ordinal);
    }

    private static string Fault(string text, CsvOptions? options)
    {
        DataColumns data = Read(text, options);
        return Assert.Throws<DataFormatException>(() => data[data.Names[1]].Length).Message;
    }

    private static DataColumns Read(string text, CsvOptions? options) =>
        CsvFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", options);
}

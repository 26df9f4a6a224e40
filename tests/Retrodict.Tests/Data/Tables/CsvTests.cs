using System.Text;
using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Tests.Data;

public sealed class CsvTests
{
    [Theory]
    [InlineData("x,y\n1,2\n3,4\n")]
    [InlineData("x,y\r\n1,2\r\n3,4")]
    [InlineData("x,y\r1,2\r3,4\r")]
    [InlineData("\uFEFFx,y\n1,2\n3,4\n")]
    [InlineData("x;y\n1;2\n3;4\n")]
    [InlineData("x\ty\n1\t2\n3\t4\n")]
    [InlineData("\n\n x , y \n\n 1 ,2 \n   \n3, 4\n\n")]
    [InlineData("\"x\",\"y\"\n\"1\",2\n3,\"4\"\n")]
    [InlineData("x,y\n+1,2.0e0\n.3e1,4.\n")]
    public void Columns_are_read(string text)
    {
        DataColumns data = Read(text);
        Assert.Equal(["x", "y"], data.Names);
        Assert.Equal(2, data.RowCount);
        Assert.Equal([1, 3], data["x"].ToArray());
        Assert.Equal([2, 4], data["y"].ToArray());
    }

    [Fact]
    public void Quotation_marks_hold_separators_line_ends_and_quotation_marks()
    {
        DataColumns data = Read("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",c\n1,2,3,4\n,,,5\n");
        Assert.Equal(["a,b", "say \"x\"", "two\nlines", "c"], data.Names);
        Assert.Equal([4, 5], data["c"].ToArray());

        // The header took two lines.
        Assert.Contains("line 4", Assert.Throws<DataFormatException>(() => data["a,b"].Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_not_used_may_hold_anything()
    {
        DataColumns data = Read("who,x,\nAnna,1,\n\"Bo, B.\",2,?\n");
        Assert.Equal(["who", "x"], data.Names);
        Assert.Equal([1, 2], data["x"].ToArray());
    }

    [Theory]
    [InlineData("x,y\n1,2\n3,\n", "'f.csv', line 3: the value of column 'y' is missing")]
    [InlineData("x,y\n1,2\n\n3,abc\n", "'f.csv', line 4: the value of column 'y' is 'abc', which is no finite number")]
    [InlineData("x,y\n1,NaN\n", "'f.csv', line 2: the value of column 'y' is missing")]
    [InlineData("x,y\n1,inf\n", "'f.csv', line 2: the value of column 'y' is infinite")]
    [InlineData("x,y\n1,1e999\n", "is '1e999', which is no finite number")]
    [InlineData("x;y\n1;2,5\n", "line 2: the value of column 'y' is '2,5'; numbers have a decimal point")]
    [InlineData("x,y\n1,\"1,000\"\n", "no separators of thousands")]
    public void A_field_that_is_no_number_is_named_when_its_column_is_used(string text, string message)
    {
        DataColumns data = Read(text);
        Assert.Equal(data.RowCount, data["x"].Length);
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => data["y"].Length).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty; the first line must name the columns")]
    [InlineData("\n \n", "is empty")]
    [InlineData("x,y\n", "has a header, but no rows")]
    [InlineData("1,2\n3,4\n", "line 1: the first line must name the columns, but there are numbers (1, 2)")]
    [InlineData("x,y\n1,2\n3\n", "line 3: the number of fields is 1, but the header has 2")]
    [InlineData("x,y\n1,2,3\n", "line 2: the number of fields is 3, but the header has 2")]
    [InlineData("x,y,x\n1,2,3\n", "line 1: fields 1 and 3 of the header are both 'x'")]
    [InlineData("x,y\n1,\"2\n3,4\n", "line 2: the quotation mark before field 2 is never closed")]
    [InlineData("x,y\n1,\"2\" 3\n", "line 2: field 2 goes on after its closing quotation mark")]
    [InlineData("x,y\n1,\0\n", "zero byte")]
    public void Damaged_files_are_refused(string text, string message)
    {
        string error = Assert.Throws<DataFormatException>(() => Read(text)).Message;
        Assert.StartsWith("'f.csv'", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused() => Assert.Contains(
        "not UTF-8",
        Assert.Throws<DataFormatException>(() => CsvFile.Read(new MemoryStream([(byte)'x', 0xE9, (byte)'\n', (byte)'1']), "f.csv")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Sizes_have_limits()
    {
        Assert.Contains("more than 5 characters", Refused("x,y\n1,2\n", new CsvLimits { MaxCharacters = 5 }), StringComparison.Ordinal);
        Assert.Contains(
            "line 1: there are more than 1 fields", Refused("x,y\n1,2\n", new CsvLimits { MaxColumns = 1 }), StringComparison.Ordinal);
        Assert.Contains(
            "line 2: field 2 has more than 3 characters", Refused(
                "x,y\n1,1.234\n", new CsvLimits { MaxFieldCharacters = 3 }), StringComparison.Ordinal);
        Assert.Contains(
            "line 2: field 2 has more than 3 characters", Refused(
                "x,y\n1,\"1.234\"\n", new CsvLimits { MaxFieldCharacters = 3 }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_column_gets_the_nearest_name()
    {
        DataColumns data = Read("time,volume\n1,2\n");
        Assert.False(data.Contains("Time"));
        Assert.Equal("'f.csv' has no column 'Time'; its columns are time, volume; did you mean " +
            "'time'?", Assert.Throws<KeyNotFoundException>(() => data["Time"].Length).Message);
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_and_never_crash()
    {
        string[] parts = ["x", "1", ",", ";", "\t", "\"", "\"\"", "\n", "\r", "\r\n", " ", "-", "e", "\u00e9", "\u202e", "nan", ".5"];
        var stream = new RandomStream(3, "csv");
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            RandomStream sample = stream.At(i);
            var text = new StringBuilder(sample.NextInt(2) == 0 ? "a,b\n" : "");
            for (int length = sample.NextInt(15); length > 0; length--)
            {
                text.Append(parts[sample.NextInt(parts.Length)]);
            }

            try
            {
                DataColumns data = Read(text.ToString());
                read++;
                foreach (string name in data.Names)
                {
                    Assert.Equal(data.RowCount, data[name].Length);
                }
            }
            catch (DataFormatException e)
            {
                Assert.StartsWith("'f.csv'", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.InRange(read, 500, 19_000);
    }

    [Theory]
    [InlineData(null, '.')]
    [InlineData(null, ',')]
    [InlineData(',', ',')]
    [InlineData(' ', '.')]
    [InlineData('\t', ',')]
    [InlineData('|', '.')]
    public void What_is_written_reads_back_the_same(char? separator, char decimalSign)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("retrodict-csv-");
        try
        {
            string path = Path.Combine(folder.FullName, "a.csv");
            var options = new CsvOptions { Separator = separator, Decimal = decimalSign };
            double[] values = [0.1, -1e-300, 1.0 / 3, double.MaxValue, double.Epsilon];
            string[] names =
                ["#t", "%T", "with, comma", " \"quoted\" ", "Time (s)", "t/µs", "two\nlines", "a;b\tc|d", "sep=;", "300", "NA", "-"];
            CsvFile.Write(path, [.. names.Select((name, i) => (name, values.Select(value => value / 12 * i).ToArray()))], options);
            DataColumns data = CsvFile.Read(path, options);
            Assert.Equal(names, data.Names);
            Assert.All(names.Index(), name => Assert.Equal(values.Select(value => value / 12 * name.Index), data[name.Item].ToArray()));
            CsvFile.Write(path, [("NaN", [1, double.NaN])], options);
            Assert.Equal([1], CsvFile.Read(path, options).Complete(["NaN"])["NaN"].ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Columns_of_arrays_are_checked()
    {
        Assert.Contains(
            "at least one column", Assert.Throws<ArgumentException>(() => new DataColumns([])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "must be equally long", Assert.Throws<ArgumentException>(
                () => new DataColumns([("x", [1]), ("y", [1, 2])])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "more than one column 'x'", Assert.Throws<ArgumentException>(
                () => new DataColumns([("x", [1]), ("x", [2])])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DataColumns([("", [1])]));
        Assert.Throws<ArgumentNullException>(() => new DataColumns([("x", null!)]));
    }

    private static string Refused(string text, CsvLimits limits) =>
        Assert.Throws<DataFormatException>(() => Read(text, new CsvOptions { Limits = limits })).Message;

    private static DataColumns Read(string text, CsvOptions? options = null) =>
        CsvFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", options);
}

using System.Text;
using Retrodict.Data;

namespace Retrodict.Tests.Data;

/// <summary>Tables as instruments and programs write them: all of these hold t = 0, 1, 2 and y = 1.02, -2.98, 5.05.</summary>
public sealed class CsvLaboratoryTests
{
    private static readonly CsvOptions _comma = new() { Decimal = ',' };

    public static TheoryData<string, string> Tables() => new()
    {
        { "comments above the header", "# instrument X, 2021\n# T = 20\nt,y\n0,1.02\n1,-2.98\n2,5.05\n" },
        { "comments among and below the data", "t,y\n0,1.02\n# pause\n  % again\n1,-2.98\n2,5.05\n\n\n# end" },
        { "a header in a comment", "#t,y\n0,1.02\n1,-2.98\n2,5.05\n" },
        { "numpy.savetxt", "# made by me\n# t y\n0.0e+00 1.02e+00\n1.0e+00 -2.98e+00\n2.0e+00 5.05e+00\n" },
        { "numpy.savetxt with a header of commas", "# t,y\n0 1.02\n1 -2.98\n2 5.05\n" },
        { "gnuplot and MATLAB", "%  t\ty\n0\t1.02\n1\t-2.98\n\n2\t5.05\n" },
        { "units", "t,y\ns,mV\n0,1.02\n1,-2.98\n2,5.05\n" },
        { "units in brackets", "t;y\n(s);[1/cm]\n0;1.02\n1;-2.98\n2;5.05\n" },
        { "units, one of them none", "t,y\n,mol/m3\n0,1.02\n1,-2.98\n2,5.05\n" },
        { "names, units and comments as Origin writes them", "t\ty\ns\t%\nclock\tprobe\n0\t1.02\n1\t-2.98\n2\t5.05\n" },
        { "columns that stand aligned", "    t        y  \n    0     1.02\n    1    -2.98\n    2     5.05  \n" },
        { "blanks and tabs", "t \t y\n0  1.02\n1  \t-2.98\n2\t5.05\n" },
        { "write.table of R", "\"t\" \"y\"\n\"1\" 0 1.02\n\"2\" 1 -2.98\n\"3\" 2 5.05\n" },
        { "write.csv of R", "\"\",\"t\",\"y\"\n\"1\",0,1.02\n\"2\",1,-2.98\n\"3\",2,5.05\n" },
        { "to_csv of pandas", ",t,y\n0,0,1.02\n1,1,-2.98\n2,2,5.05\n" },
        { "separators at the ends of rows", "t,y\n0,1.02,\n1,-2.98,\n2,5.05,\n" },
        { "separators at the end of the header", "t;y;;\n0;1.02\n1;-2.98\n2;5.05;\n" },
        { "rows of separators", "t,y\n0,1.02\n1,-2.98\n,\n2,5.05\n,\n,\n" },
        { "sep of a spreadsheet", "sep=;\r\nt;y\r\n0;1.02\r\n1;-2.98\r\n2;5.05\r\n" },
        { "byte order mark, CRLF and the end of a text", "\uFEFFt\ty\r\n0\t1.02\r\n1\t-2.98\r\n2\t5.05\r\n\u001A" },
        { "Fortran", "   t    y\n 0.0D+00  1.02D+00\n 1.0d0 -0.298D+01\n .2D1  5.05\n" },
        { "Fortran without the letter", "t,y\n0.0+000,102.-002\n1.,-2.98+000\n2,5.05\n" },
        { "the minus of word processors", "t,y\n0,1.02\n1,\u22122.98\n2,505e\u22122\n" },
        { "LabVIEW", "t\ty\tComment\n0\t1.02\n1\t-2.98\n2\t5.05\n" },
        { "commas in a name between semicolons", "t;y;\"a, b\"\n0;1.02;x\n1;-2.98;y, z\n2;5.05;\n" },
    };

    public static TheoryData<string, string> TablesWithCommas() => new()
    {
        { "a spreadsheet", "t;y\n0;1,02\n1;-2,98\n2;5,05\n" },
        { "tabs", "t\ty\n0,0\t1,02\n1,0\t-2,98\n2,0\t5,05\n" },
        { "blanks", "t y\n0 1,02\n1 -2,98\n2 5,05\n" },
        { "quotation marks", "sep=,\nt,y\n0,\"1,02\"\n1,\"-2,98\"\n2,\"5,05\"\n" },
        { "exponents and signs", "t;y\n0;1,02E+00\n1;\u2212298,0E-2\n2;+0,505D1\n" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_are_read_as_they_stand(string kind, string text) => Check(kind, Read(text));

    [Theory]
    [MemberData(nameof(TablesWithCommas))]
    public void Decimal_commas_are_read_if_asked_for(string kind, string text)
    {
        Check(kind, Read(text, _comma));
        DataFormatException refused = Assert.Throws<DataFormatException>(() => Read(text)["y"].Length);
        Assert.Contains("numbers have a decimal point", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_say_what_a_file_does_not()
    {
        Check("skip", Read("Model,X\nSerial,1,2\n\nt,y\n0,1.02\n1,-2.98\n2,5.05\n", new CsvOptions { Skip = 3 }));
        Check("names", Read("0 1.02\n1 -2.98\n2 5.05\n", new CsvOptions { Names = ["t", "y"] }));
        Check("names for a header", Read("a,b,c\n0,x,1.02\n1,,-2.98\n2,y,5.05\n", new CsvOptions { Skip = 1, Names = ["t", "", "y"] }));
        Check("bars", Read("t|y\n0|1.02\n1|-2.98\n2|5.05\n", new CsvOptions { Separator = '|' }));
        Check("other comments", Read("! X\nt,y\n0,1.02\n!\n1,-2.98\n2,5.05\n", new CsvOptions { Comments = "!" }));
        Check(
            "no header", Read(
                "0,1.02\n1,-2.98\n2,5.05\n", new CsvOptions { Header = CsvHeader.Absent }).Renamed("c1", "t").Renamed("c2", "y"));
        CsvOptions optional = new() { Header = CsvHeader.Optional, Names = ["t", "y"] };
        Check("no header where there may be one", Read("0,1.02\n1,-2.98\n2,5.05\n", optional));
        Check("a header where there may be none", Read("y,t\n1.02,0\n-2.98,1\n5.05,2\n", optional));
    }

    [Fact]
    public void Encodings_are_read_if_asked_for_or_marked()
    {
        const string Text = "t/µs;y\n0;1.02\n1;-2.98\n2;5.05\n";
        var latin = new MemoryStream(Encoding.Latin1.GetBytes(Text));
        Check("latin-1", CsvFile.Read(latin, "f.csv", new CsvOptions { Encoding = Encoding.Latin1 }).Renamed("t/µs", "t"));
        var marked = new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)]);
        Check("utf-16", CsvFile.Read(marked, "f.csv").Renamed("t/µs", "t"));
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("N/A")]
    [InlineData("#N/A")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("-nan")]
    [InlineData("null")]
    [InlineData("None")]
    [InlineData("-")]
    [InlineData("?")]
    [InlineData("\" \"")]
    [InlineData("")]
    public void Values_may_be_missing(string sign)
    {
        DataColumns data = Read($"t,y\n{sign},1\n1,{sign}\n2,5.05\n3,6\n");
        Assert.Equal(4, data.RowCount);
        Assert.Contains(
            "'f.csv', line 3: the value of column 'y' is missing", Assert.Throws<DataFormatException>(() => data["y"].Length).Message,
                StringComparison.Ordinal);
        DataColumns complete = data.Complete(["t", "y"]);
        Assert.Equal([5.05, 6], complete["y"].ToArray());
        Assert.Equal("'f.csv', line 4", complete.Place(0));
        Assert.Equal(3, data.Complete(["y"]).RowCount);
    }

    [Fact]
    public void Of_many_missing_values_the_number_and_the_first_places_are_said()
    {
        DataColumns data = Read($"x,y\n1,2\n{string.Concat(Enumerable.Repeat("1,NA\n", 8))}");
        Assert.Equal(
            "'f.csv', lines 3, 4, 5, 6, 7 and 3 more: values of column 'y' are missing in 8 of 9 rows; rows without a value are " +
                "left out if asked for (--missing skip).",
            Assert.Throws<DataFormatException>(() => data["y"].Length).Message);
    }

    [Theory]
    [InlineData("x;y\n1;1,020.5\n", "line 2: the value of column 'y' is '1,020.5', with ',' as a separator of thousands; numbers " +
        "have none")]
    [InlineData("x;y\n1;1.020,5\n", "is '1.020,5', with '.' as a separator of thousands")]
    [InlineData("x;y\n1;1'020.5\n", "is '1'020.5', with ''' as a separator of thousands")]
    [InlineData("x;y\n1;1 020.5\n", "is '1 020.5', with a blank as a separator of thousands")]
    [InlineData("x;y\n1;12.5 %\n", "is '12.5 %', which is no finite number")]
    [InlineData("x;y\n1;#DIV/0!\n", "is '#DIV/0!', which is no finite number")]
    [InlineData("x;y\n1;2\n3;<0.1\n", "line 3: the value of column 'y' is '<0.1'")]
    [InlineData("x;y\n1;0x10\n", "is '0x10', which is no finite number")]
    [InlineData("x;y\n1;2+3\n", "is '2+3', which is no finite number")]
    [InlineData("x;y\n(1);(2)\n3;4\n", "line 2: the value of column 'y' is '(2)', which is no finite number")]
    [InlineData("x;y\n1,5;2,5\n3;4\n", "line 2: the value of column 'y' is '2,5'; numbers have a decimal point, and no separators " +
        "of thousands")]
    [InlineData("x,y\nA,NA\n3,4\n", "line 2: the value of column 'y' is missing")]
    [InlineData("well,y\nA1,\nB1,4\n", "line 2: the value of column 'y' is missing")]
    [InlineData("x,y\nA,<0.5\n3,4\n", "line 2: the value of column 'y' is '<0.5'")]
    public void What_could_change_numbers_is_not_guessed(string text, string message) => Assert.Contains(
        message, Assert.Throws<DataFormatException>(() => Read(text)["y"].Length).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("x;y\n1;2.5\n", "is '2.5'; numbers have a decimal comma here, as was asked for")]
    [InlineData("x;y\n1;2.500\n", "is '2.500'; numbers have a decimal comma here")]
    [InlineData("x;y\n1;1.020,5\n", "is '1.020,5', with '.' as a separator of thousands")]
    [InlineData("x,y\n1,2,5\n", "'f.csv' seems to have commas between its fields, which are decimal signs here")]
    public void With_decimal_commas_points_are_refused(string text, string message) => Assert.Contains(
        message, Assert.Throws<DataFormatException>(() => Read(text, _comma)["y"].Length).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("x,y\n1,2,5\n", "line 2: the number of fields is 3, but the header has 2; numbers with decimal commas need another " +
        "separator, or quotation marks")]
    [InlineData("Model,X\nt,y,z\n1,2,3\n", "line 3: the number of fields is 3, but the header has 2")]
    [InlineData("Model,X\nt,y,z\n1,2,3\n", "lines above the header are left out if asked for (--skip N)")]
    [InlineData("# T = 20 K, run 3, cold\n1,2\n", "line 2: the first line must name the columns, but there are numbers (1, 2)")]
    [InlineData("a\tb\nc\t2\nt\ty\tz\n1\t2\t3\n", "line 3: the number of fields is 3, but the header has 2; lines above the header")]
    [InlineData("1,2\n3,4\n", "names can be given (--names a,b), or numbers (--no-header)")]
    [InlineData("t y\n0 1 7\n", "line 2: the number of fields is 3, but the header has 2")]
    [InlineData("#\n%\n", "is empty")]
    [InlineData("# t,y\n# s,V\n", "is empty")]
    public void What_is_no_table_is_refused(string text, string message) => Assert.Contains(
        message, Assert.Throws<DataFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_the_reader_decided_is_said()
    {
        Assert.Empty(Read("t,y\n0,1\n").Remarks);
        Assert.Equal(["line 3, a comment, is taken for the header"], Read("# X\n\n# t,y\n0,1\n").Remarks);
        Assert.Equal(
            ["line 2 is taken for units and left out", "line 4 is taken for units and left out"], Read("t,y\ns,V\n#\na,b\n0,1\n").Remarks);
        Assert.Equal(
            ["the first field of each row, which has no name, is taken for the row's name"], Read("\"t\" \"y\"\n\"1\" 0 1\n").Remarks);
    }

    [Fact]
    public void Options_that_have_no_meaning_are_refused()
    {
        Assert.All(
            new CsvOptions[]
            {
                new() { Decimal = ';' }, new() { Separator = '1' }, new() { Separator = '"' }, new() { Skip = -1 },
                new() { Names = ["a", "a"] }, new() { Names = ["", ""] },
            },
            options => Assert.ThrowsAny<ArgumentException>(() => Read("x,y\n1,2\n", options)));
        Assert.Contains(
            "that of names is 3", Assert.Throws<DataFormatException>(
                () => Read("1,2\n", new CsvOptions { Names = ["a", "b", "c"] })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is empty", Assert.Throws<DataFormatException>(
                () => Read("x,y\n1,2\n", new CsvOptions { Skip = 9 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_where_none_was_expected_is_said() => Assert.Contains(
        "line 1: the value of column 'y' is 'b', which is no finite number; a header is left out if asked for (--skip 1)",
        Assert.Throws<DataFormatException>(() => Read("a,b\n1,2\n", new CsvOptions { Names = ["x", "y"] })["y"].Length).Message,
        StringComparison.Ordinal);

    private static void Check(string kind, DataColumns data)
    {
        Assert.Equal((kind, 3), (kind, data.RowCount));
        Assert.Equal([0, 1, 2], data["t"].ToArray());
        Assert.Equal([1.02, -2.98, 5.05], data["y"].ToArray());
    }

    private static DataColumns Read(string text, CsvOptions? options = null) =>
        CsvFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", options);
}
